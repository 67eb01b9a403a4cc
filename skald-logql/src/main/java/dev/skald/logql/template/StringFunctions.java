package dev.skald.logql.template;

import static dev.skald.logql.template.GoType.INT;
import static dev.skald.logql.template.GoType.STRING;

import java.util.List;

/**
 * Functions on text. The newer ones take their subject last, to be piped; the capitalised ones
 * first, as Go does.
 */
final class StringFunctions {
  static final List<TemplateFunction> ALL =
      List.of(
          TemplateFunction.of("lower", a -> text(GoText.lower(a.text(0))), STRING),
          TemplateFunction.of("upper", a -> text(GoText.upper(a.text(0))), STRING),
          TemplateFunction.of("title", a -> text(GoText.title(a.text(0))), STRING),
          TemplateFunction.of("trunc", a -> text(trunc(a.whole(0), a.text(1))), INT, STRING),
          TemplateFunction.of("substr", StringFunctions::substr, INT, INT, STRING),
          TemplateFunction.of(
              "contains", a -> Value.of(a.text(1).contains(a.text(0))), STRING, STRING),
          TemplateFunction.of(
              "hasPrefix", a -> Value.of(a.text(1).startsWith(a.text(0))), STRING, STRING),
          TemplateFunction.of(
              "hasSuffix", a -> Value.of(a.text(1).endsWith(a.text(0))), STRING, STRING),
          TemplateFunction.of("indent", a -> indent("", a), INT, STRING),
          TemplateFunction.of("nindent", a -> indent("\n", a), INT, STRING),
          TemplateFunction.of(
              "replace",
              a -> replace(a, a.text(2), a.text(0), a.text(1), -1),
              STRING,
              STRING,
              STRING),
          TemplateFunction.of("repeat", StringFunctions::repeat, INT, STRING),
          TemplateFunction.of("trim", a -> text(GoText.trimSpace(a.text(0))), STRING),
          TemplateFunction.of(
              "trimAll", a -> text(GoText.trim(a.text(1), a.text(0), true, true)), STRING, STRING),
          TemplateFunction.of("trimPrefix", a -> trimPrefix(a.text(1), a.text(0)), STRING, STRING),
          TemplateFunction.of("trimSuffix", a -> trimSuffix(a.text(1), a.text(0)), STRING, STRING),
          TemplateFunction.of("alignLeft", a -> align(a, true), INT, STRING),
          TemplateFunction.of("alignRight", a -> align(a, false), INT, STRING),
          TemplateFunction.of("ToLower", a -> text(GoText.lower(a.text(0))), STRING),
          TemplateFunction.of("ToUpper", a -> text(GoText.upper(a.text(0))), STRING),
          TemplateFunction.of(
              "Replace",
              a -> replace(a, a.text(0), a.text(1), a.text(2), a.whole(3)),
              STRING,
              STRING,
              STRING,
              INT),
          TemplateFunction.of(
              "Trim", a -> text(GoText.trim(a.text(0), a.text(1), true, true)), STRING, STRING),
          TemplateFunction.of(
              "TrimLeft",
              a -> text(GoText.trim(a.text(0), a.text(1), true, false)),
              STRING,
              STRING),
          TemplateFunction.of(
              "TrimRight",
              a -> text(GoText.trim(a.text(0), a.text(1), false, true)),
              STRING,
              STRING),
          TemplateFunction.of("TrimPrefix", a -> trimPrefix(a.text(0), a.text(1)), STRING, STRING),
          TemplateFunction.of("TrimSuffix", a -> trimSuffix(a.text(0), a.text(1)), STRING, STRING),
          TemplateFunction.of("TrimSpace", a -> text(GoText.trimSpace(a.text(0))), STRING));

  private StringFunctions() {}

  private static Value text(String text) {
    return new Value.Text(text);
  }

  /** The first bytes, or with a negative number the last ones. */
  private static String trunc(long count, String text) {
    int length = GoStrings.byteLength(text);
    if (count < 0 && length + count > 0) {
      return GoStrings.slice(text, (int) (length + count), length);
    }
    return count >= 0 && length > count ? GoStrings.slice(text, 0, (int) count) : text;
  }

  private static Value substr(Arguments a) {
    long start = a.whole(0);
    long end = a.whole(1);
    String text = a.text(2);
    int length = GoStrings.byteLength(text);
    if (start < 0) {
      if (end < 0 || end > length) {
        String bounds = "[:" + end + "]" + (end < 0 ? "" : " with length " + length);
        throw new TemplateFailure("runtime error: slice bounds out of range " + bounds);
      }
      return text(GoStrings.slice(text, 0, (int) end));
    }
    long last = end < 0 || end > length ? length : end;
    if (start > last) {
      throw new TemplateFailure(
          "runtime error: slice bounds out of range [" + start + ":" + last + "]");
    }
    return text(GoStrings.slice(text, (int) start, (int) last));
  }

  private static Value indent(String before, Arguments a) {
    TemplateOutput pad = a.newText();
    pad.appendRepeated(" ", notNegative(a.whole(0)));
    TemplateOutput indented = a.newText();
    indented.append(before);
    indented.append(pad.rawText());
    GoText.replace(indented, a.text(1), "\n", "\n" + pad.rawText(), -1);
    return text(indented.rawText());
  }

  private static Value repeat(Arguments a) {
    TemplateOutput repeated = a.newText();
    repeated.appendRepeated(a.text(1), notNegative(a.whole(0)));
    return text(repeated.rawText());
  }

  private static long notNegative(long count) {
    if (count < 0) {
      throw new TemplateFailure("strings: negative Repeat count");
    }
    return count;
  }

  private static Value replace(Arguments a, String text, String old, String by, long max) {
    TemplateOutput replaced = a.newText();
    GoText.replace(replaced, text, old, by, max);
    return text(replaced.rawText());
  }

  private static Value trimPrefix(String text, String prefix) {
    return text(text.startsWith(prefix) ? text.substring(prefix.length()) : text);
  }

  private static Value trimSuffix(String text, String suffix) {
    boolean ends = text.endsWith(suffix);
    return text(ends ? text.substring(0, text.length() - suffix.length()) : text);
  }

  /** Exactly so many characters: padded, or cut on the other side. */
  private static Value align(Arguments a, boolean left) {
    long wanted = a.whole(0);
    String text = a.text(1);
    int characters = text.codePointCount(0, text.length());
    if (wanted < 0 || wanted == characters) {
      return text(text);
    }
    if (wanted < characters) {
      int keep = (int) wanted;
      return text(
          left
              ? text.substring(0, text.offsetByCodePoints(0, keep))
              : text.substring(text.offsetByCodePoints(0, characters - keep)));
    }
    TemplateOutput aligned = a.newText();
    aligned.append(left ? text : "");
    aligned.appendRepeated(" ", wanted - characters);
    aligned.append(left ? "" : text);
    return text(aligned.rawText());
  }
}
