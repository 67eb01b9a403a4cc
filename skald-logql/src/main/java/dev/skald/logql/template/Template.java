package dev.skald.logql.template;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A parsed template (spec logql.md 6.10, 7). Immutable; safe for concurrent use.
 *
 * <p>A label that is missing reads as the empty string. A template that is nothing but one field
 * ({@link #soleField}) is answered without walking the tree, and does not see {@code __error__} and
 * {@code __error_details__}, a quirk of the language.
 */
public final class Template {
  private static final Set<String> ERROR_LABELS = Set.of("__error__", "__error_details__");

  private final String name;
  private final String text;
  private final ParsedTemplate tree;
  private final LabelUse labelsUsed;
  private final @Nullable String soleField;
  private final RegexCache regexes = new RegexCache();

  private Template(String name, String text, ParsedTemplate tree) {
    this.name = name;
    this.text = text;
    this.tree = tree;
    this.labelsUsed = UsedLabels.of(tree);
    this.soleField = soleField(tree.root());
  }

  /**
   * @param name as messages call the template; LogQL has "line" and "label"
   * @throws TemplateSyntaxException with Go's message: {@code template: line:1: unexpected "}" in
   *     operand}
   */
  public static Template parse(String name, String text) {
    return new Template(name, text, TemplateParser.parse(name, text, TemplateFunctions::exists));
  }

  /**
   * Checks a text that others execute, with functions of their own beside {@code if}, {@code range}
   * and the other words of the language.
   *
   * @throws TemplateSyntaxException with Go's message
   */
  public static void check(String name, String text, Predicate<String> isFunction) {
    TemplateParser.parse(name, text, isFunction);
  }

  /**
   * Appends what the template makes of a row. When it throws, {@code out} is as before.
   *
   * @return the work that it was, in units of {@link TemplateLimits#WORK_MAX}
   * @throws TemplateExecutionException with Go's message: {@code template: line:1:9: executing
   *     "line" at <now>: wrong number of args for now: want 0 got 1}; also when a limit ({@link
   *     TemplateOutput}, or of work and depth) is reached, which the message then names
   */
  public long execute(TemplateRow row, TemplateEnvironment environment, TemplateOutput out) {
    int chars = out.chars();
    int bytes = out.bytes();
    Evaluation evaluation = new Evaluation(this, row, environment, out);
    String field = soleField;
    try {
      if (field == null) {
        evaluation.run();
      } else if (!ERROR_LABELS.contains(field)) {
        evaluation.runField(field);
      }
    } catch (TemplateExecutionException e) {
      out.truncate(chars, bytes);
      throw e;
    }
    return evaluation.work();
  }

  /** The labels that an execution may read; for parsers that extract nothing else. */
  public LabelUse labelsUsed() {
    return labelsUsed;
  }

  /** Name of the field if the template is nothing but one field, {@code {{.name}}}; else null. */
  public @Nullable String soleField() {
    return soleField;
  }

  /** The text it was parsed from. */
  @Override
  public String toString() {
    return text;
  }

  String name() {
    return name;
  }

  ParsedTemplate tree() {
    return tree;
  }

  RegexCache regexes() {
    return regexes;
  }

  /** {@code name:line:byte}; lines count from 1 and bytes from 0. */
  String location(Node node) {
    String before = text.substring(0, node.offset());
    int lineStart = before.lastIndexOf('\n') + 1;
    long line = 1 + before.chars().filter(c -> c == '\n').count();
    return name + ":" + line + ":" + GoStrings.byteLength(before.substring(lineStart));
  }

  private static @Nullable String soleField(Node.Block root) {
    if (root.statements().size() == 1
        && root.statements().getFirst() instanceof Node.Action(int _, Node.Pipe pipe)
        && pipe.declared().isEmpty()
        && pipe.commands().size() == 1) {
      List<Node.Operand> arguments = pipe.commands().getFirst().arguments();
      if (arguments.size() == 1
          && arguments.getFirst() instanceof Node.Field(int _, var names)
          && names.size() == 1) {
        return names.getFirst();
      }
    }
    return null;
  }
}
