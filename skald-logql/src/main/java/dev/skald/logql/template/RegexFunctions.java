package dev.skald.logql.template;

import static dev.skald.logql.template.GoType.STRING;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.List;
import java.util.Map;

/**
 * Regular expressions (RE2), with Go's rules of which matches follow one another and what {@code
 * $1x} means.
 */
final class RegexFunctions {
  static final List<TemplateFunction> ALL =
      List.of(
          TemplateFunction.of(
              "count", a -> Value.ofInt(count(a.regex(0, a.text(1)), a.text(1))), STRING, STRING),
          TemplateFunction.of("regexReplaceAll", a -> replaceAll(a, true), STRING, STRING, STRING),
          TemplateFunction.of(
              "regexReplaceAllLiteral", a -> replaceAll(a, false), STRING, STRING, STRING));

  private RegexFunctions() {}

  /** Number of matches; an empty one does not count right behind another. */
  private static int count(Pattern regex, String text) {
    Matcher matcher = regex.matcher(text);
    int count = 0;
    int position = 0;
    int lastEnd = -1;
    while (position <= text.length() && matcher.find(position)) {
      if (matcher.end() == position) {
        count += matcher.start() == lastEnd ? 0 : 1;
        position = after(text, position);
      } else {
        count++;
        position = matcher.end();
      }
      lastEnd = matcher.end();
    }
    return count;
  }

  private static Value replaceAll(Arguments a, boolean expands) {
    String text = a.text(1);
    Pattern regex = a.regex(0, text);
    String by = a.text(2);
    TemplateOutput out = a.newText();
    Matcher matcher = regex.matcher(text);
    int position = 0;
    int lastEnd = 0;
    while (position <= text.length() && matcher.find(position)) {
      out.append(text, lastEnd, matcher.start());
      if (matcher.end() > lastEnd || matcher.start() == 0) {
        if (expands) {
          expand(out, by, matcher);
        } else {
          out.append(by);
        }
      }
      lastEnd = matcher.end();
      position = Math.max(after(text, position), lastEnd);
    }
    out.append(text, lastEnd, text.length());
    return new Value.Text(out.rawText());
  }

  private static int after(String text, int position) {
    return position >= text.length()
        ? position + 1
        : position + Character.charCount(text.codePointAt(position));
  }

  /**
   * {@code $1}, {@code ${1}}, {@code ${name}}; a name takes all the letters there are, {@code $$}
   * is a dollar.
   */
  private static void expand(TemplateOutput out, String template, Matcher matcher) {
    Map<String, Integer> names = matcher.pattern().namedGroups();
    int i = 0;
    while (i < template.length()) {
      int dollar = template.indexOf('$', i);
      int end = dollar < 0 ? template.length() : dollar;
      out.append(template, i, end);
      if (dollar < 0) {
        return;
      }
      i = dollar + 1;
      if (i < template.length() && template.charAt(i) == '$') {
        out.append('$');
        i++;
        continue;
      }
      boolean braces = i < template.length() && template.charAt(i) == '{';
      int nameStart = braces ? i + 1 : i;
      int nameEnd = nameStart;
      while (nameEnd < template.length() && isNamePart(template.codePointAt(nameEnd))) {
        nameEnd += Character.charCount(template.codePointAt(nameEnd));
      }
      boolean closed = !braces || (nameEnd < template.length() && template.charAt(nameEnd) == '}');
      if (nameEnd == nameStart || !closed) {
        out.append('$'); // malformed: a dollar like any other character
        continue;
      }
      appendGroup(out, matcher, names, template.substring(nameStart, nameEnd));
      i = braces ? nameEnd + 1 : nameEnd;
    }
  }

  private static void appendGroup(
      TemplateOutput out, Matcher matcher, Map<String, Integer> names, String name) {
    boolean number = name.chars().allMatch(c -> c >= '0' && c <= '9') && name.length() <= 8;
    Integer group = number ? (Integer) Integer.parseInt(name) : names.get(name);
    if (group != null && group <= matcher.groupCount() && matcher.start(group) >= 0) {
      out.append(String.valueOf(matcher.group(group)));
    }
  }

  private static boolean isNamePart(int point) {
    return point == '_' || Character.isLetter(point) || Character.isDigit(point);
  }
}
