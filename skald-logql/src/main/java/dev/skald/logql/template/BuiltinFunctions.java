package dev.skald.logql.template;

import static dev.skald.logql.template.GoType.ANY;
import static dev.skald.logql.template.GoType.REFLECTED;
import static dev.skald.logql.template.GoType.STRING;

import dev.skald.model.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The functions that every Go template has, without the comparisons ({@link Comparisons}), and
 * {@code default}.
 */
final class BuiltinFunctions {
  /** Evaluated by {@link Expressions}, which stops at the argument that decides. */
  static final TemplateFunction AND =
      TemplateFunction.variadic("and", REFLECTED, BuiltinFunctions::unreachable, REFLECTED);

  static final TemplateFunction OR =
      TemplateFunction.variadic("or", REFLECTED, BuiltinFunctions::unreachable, REFLECTED);

  /**
   * Gets what it is to call as text in front of its arguments. No value that a template can have is
   * callable.
   */
  static final TemplateFunction CALL =
      TemplateFunction.variadic("call", REFLECTED, BuiltinFunctions::call, REFLECTED);

  static final List<TemplateFunction> ALL =
      List.of(
          AND,
          OR,
          CALL,
          TemplateFunction.of("not", a -> Value.of(!a.value(0).isTrue()), REFLECTED),
          TemplateFunction.of("len", a -> Value.ofInt(length(a.value(0))), REFLECTED),
          TemplateFunction.variadic("index", REFLECTED, Indexing::index, REFLECTED),
          TemplateFunction.variadic("slice", REFLECTED, Indexing::slice, REFLECTED),
          TemplateFunction.variadic("print", ANY, BuiltinFunctions::print),
          TemplateFunction.variadic("printf", ANY, BuiltinFunctions::printf, STRING),
          TemplateFunction.variadic("println", ANY, BuiltinFunctions::println),
          TemplateFunction.variadic("html", ANY, BuiltinFunctions::html),
          TemplateFunction.variadic("js", ANY, BuiltinFunctions::js),
          TemplateFunction.variadic("urlquery", ANY, BuiltinFunctions::urlQuery),
          TemplateFunction.variadic("default", ANY, BuiltinFunctions::orDefault, ANY));

  private BuiltinFunctions() {}

  private static Value unreachable(Arguments a) {
    throw new IllegalStateException("evaluated elsewhere, with arguments " + a.size());
  }

  private static Value call(Arguments a) {
    Value called = a.value(1);
    if (called instanceof Value.Nil) {
      throw new TemplateFailure("call of nil");
    }
    throw new TemplateFailure("non-function " + a.text(0) + " of type " + called.typeName());
  }

  static int length(Value value) {
    return switch (value) {
      case Value.Text(String text) -> GoStrings.byteLength(text);
      case Value.RowLabels(TemplateRow row) -> row.labels().size();
      case Value.JsonObject(var members) -> members.size();
      case Value.JsonArray(var elements) -> elements.size();
      case Value.Nil _ ->
          throw new TemplateFailure("reflect: call of reflect.Value.Type on zero Value");
      case Value.Whole _, Value.Real _, Value.Truth _, Value.Moment _, Value.Boxed _ ->
          throw new TemplateFailure("len of type " + value.typeName());
    };
  }

  private static Value print(Arguments a) {
    TemplateOutput text = a.newText();
    GoPrinter.printAll(text, a.from(0));
    return new Value.Text(text.rawText());
  }

  private static Value printf(Arguments a) {
    TemplateOutput text = a.newText();
    GoPrintf.print(text, a.text(0), a.from(1));
    return new Value.Text(text.rawText());
  }

  private static Value println(Arguments a) {
    TemplateOutput text = a.newText();
    GoPrinter.printLine(text, a.from(0));
    return new Value.Text(text.rawText());
  }

  /** The second argument unless it is empty or not there. */
  private static Value orDefault(Arguments a) {
    if (a.size() < 2) {
      return a.value(0);
    }
    Value given = a.value(1);
    return given.isTrue() ? given : a.value(0);
  }

  /** The arguments as one text, printed as an action prints them. */
  private static String joined(Arguments a) {
    if (a.size() == 1 && a.value(0) instanceof Value.Text(String text)) {
      return text;
    }
    List<Value> shown = new ArrayList<>();
    for (Value value : a.from(0)) {
      shown.add(value instanceof Value.Nil ? new Value.Text("<no value>") : value);
    }
    TemplateOutput text = a.newText();
    GoPrinter.printAll(text, shown);
    return text.rawText();
  }

  private static Value html(Arguments a) {
    TemplateOutput escaped = a.newText();
    joined(a)
        .codePoints()
        .forEach(
            c ->
                escaped.append(
                    switch (c) {
                      case 0 -> "\uFFFD";
                      case '"' -> "&#34;";
                      case '\'' -> "&#39;";
                      case '&' -> "&amp;";
                      case '<' -> "&lt;";
                      case '>' -> "&gt;";
                      default -> Character.toString(c);
                    }));
    return new Value.Text(escaped.rawText());
  }

  private static Value js(Arguments a) {
    TemplateOutput escaped = a.newText();
    joined(a).codePoints().forEach(c -> escaped.append(jsEscaped(c)));
    return new Value.Text(escaped.rawText());
  }

  private static String jsEscaped(int c) {
    return switch (c) {
      case '\\' -> "\\\\";
      case '\'' -> "\\'";
      case '"' -> "\\\"";
      case '<', '>', '&', '=' -> String.format(Locale.ROOT, "\\u%04X", c);
      default -> {
        boolean plain = c < 0x80 ? c >= 0x20 : Quoted.isPrintable(c);
        yield plain ? Character.toString(c) : String.format(Locale.ROOT, "\\u%04X", c);
      }
    };
  }

  private static Value urlQuery(Arguments a) {
    return new Value.Text(EncodingFunctions.queryEscape(a, joined(a)));
  }
}
