package dev.skald.ruler.group;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.pipeline.GoTemplateCheck;
import dev.skald.logql.syntax.Dialect;
import dev.skald.logql.syntax.LogqlParser;
import dev.skald.logql.syntax.LogqlSyntaxException;
import dev.skald.model.Quoted;
import dev.skald.ruler.group.GroupDraft.RuleDraft;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Drafts to groups, or the first thing that is wrong with them, in the words of spec ruler.md 2.
 * Safe for concurrent use.
 */
public final class RuleCheck {
  private static final GoTemplateCheck TEMPLATES = new GoTemplateCheck();

  /** The two languages in a rule. */
  private interface Languages {
    /**
     * @throws LogqlSyntaxException if it is no expression
     */
    void checkExpression(String expr);

    /** What is wrong with a template of an alert. */
    Optional<String> templateError(String alertName, String text);
  }

  private record Spoken(Dialect dialect) implements Languages {
    @Override
    public void checkExpression(String expr) {
      LogqlParser.parse(expr, TEMPLATES, dialect);
    }

    @Override
    public Optional<String> templateError(String alertName, String text) {
      return RuleTemplates.error(alertName, text);
    }
  }

  private record Trusted() implements Languages {
    @Override
    public void checkExpression(String expr) {
      // It was checked when it was taken.
    }

    @Override
    public Optional<String> templateError(String alertName, String text) {
      return Optional.empty();
    }
  }

  private final Languages languages;

  private RuleCheck(Languages languages) {
    this.languages = languages;
  }

  /** Of what somebody wrote, with expressions in a tenant's language. */
  public static RuleCheck in(Dialect dialect) {
    return new RuleCheck(new Spoken(dialect));
  }

  /**
   * Of what was checked when it was taken: it must come back though the languages have changed
   * since.
   */
  public static RuleCheck ofKept() {
    return new RuleCheck(new Trusted());
  }

  /**
   * A group by itself.
   *
   * @throws SkaldException BAD_REQUEST
   */
  public RuleGroup group(GroupDraft draft) {
    return group(0, draft, new HashSet<>());
  }

  /**
   * The groups of a file.
   *
   * @throws SkaldException BAD_REQUEST
   */
  public List<RuleGroup> file(List<GroupDraft> drafts) {
    List<RuleGroup> groups = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < drafts.size(); i++) {
      groups.add(group(i, drafts.get(i), names));
    }
    return groups;
  }

  private RuleGroup group(int index, GroupDraft draft, Set<String> names) {
    if (draft.name().isEmpty()) {
      throw bad("group " + index + ": Groupname must not be empty");
    }
    RuleNames.check("group name", draft.name());
    if (!names.add(draft.name())) {
      throw bad("groupname: " + Quoted.of(draft.name()) + " is repeated in the same file");
    }
    List<Rule> rules = new ArrayList<>();
    for (RuleDraft rule : draft.rules()) {
      rules.add(rule(rule, draft.name()));
    }
    return new RuleGroup(draft.name(), draft.interval(), draft.limit(), rules);
  }

  private Rule rule(RuleDraft rule, String group) {
    boolean isRecording = !rule.recordName().isEmpty();
    boolean isAlerting = !rule.alertName().isEmpty();
    if (isRecording && isAlerting) {
      throw bad("only one of 'record' and 'alert' must be set");
    }
    if (!isRecording && !isAlerting) {
      throw bad("one of 'record' or 'alert' must be set");
    }
    if (rule.expr().isEmpty()) {
      throw bad("field 'expr' must be set in rule");
    }
    checkExpression(rule, group);
    if (isRecording) {
      checkRecording(rule);
    }
    checkLabels(rule);
    if (isRecording) {
      return new Rule.Recording(rule.recordName(), rule.expr(), new TreeMap<>(rule.labels()));
    }
    checkTemplates(rule);
    return new Rule.Alerting(
        rule.alertName(),
        rule.expr(),
        rule.pendingFor(),
        rule.keepFiringFor(),
        new TreeMap<>(rule.labels()),
        new TreeMap<>(rule.annotations()));
  }

  private void checkExpression(RuleDraft rule, String group) {
    try {
      languages.checkExpression(rule.expr());
    } catch (LogqlSyntaxException e) {
      String of =
          rule.recordName().isEmpty()
              ? "alert '" + rule.alertName()
              : "record '" + rule.recordName();
      throw SkaldException.of(
          ErrorKind.BAD_REQUEST,
          "could not parse expression for " + of + "' in group '" + group + "': " + e.getMessage(),
          e);
    }
  }

  private static void checkRecording(RuleDraft rule) {
    if (!rule.annotations().isEmpty()) {
      throw bad("invalid field 'annotations' in recording rule");
    }
    if (!rule.pendingFor().isZero()) {
      throw bad("invalid field 'for' in recording rule");
    }
    if (!rule.keepFiringFor().isZero()) {
      throw bad("invalid field 'keep_firing_for' in recording rule");
    }
    if (!RuleNames.isMetric(rule.recordName())) {
      throw bad("invalid recording rule name: " + rule.recordName());
    }
  }

  private static void checkLabels(RuleDraft rule) {
    for (String name : new TreeMap<>(rule.labels()).keySet()) {
      if (!RuleNames.isLabel(name) || name.equals("__name__")) {
        throw bad("invalid label name: " + name);
      }
    }
    for (String name : new TreeMap<>(rule.annotations()).keySet()) {
      if (!RuleNames.isLabel(name)) {
        throw bad("invalid annotation name: " + name);
      }
    }
  }

  private void checkTemplates(RuleDraft rule) {
    checkTemplates("label", rule, rule.labels());
    checkTemplates("annotation", rule, rule.annotations());
  }

  private void checkTemplates(String what, RuleDraft rule, Map<String, String> templates) {
    new TreeMap<>(templates)
        .forEach(
            (name, text) ->
                languages
                    .templateError(rule.alertName(), text)
                    .ifPresent(
                        error -> {
                          throw bad(what + " " + Quoted.of(name) + ": " + error);
                        }));
  }

  private static SkaldException bad(String message) {
    return SkaldException.of(ErrorKind.BAD_REQUEST, message);
  }
}
