package dev.skald.query.plain;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.skald.logql.syntax.CapturePattern;
import dev.skald.logql.syntax.ExpressionException;
import dev.skald.logql.syntax.PatternNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code regexp} and {@code pattern} (spec logql.md 6.6, 6.7). */
final class PlainTextParsers {
  private PlainTextParsers() {}

  static void regexp(String expression, PlainRow row) {
    Pattern pattern = PlainRegex.of(expression);
    Matcher matcher = pattern.matcher(row.line);
    if (!matcher.find()) {
      return;
    }
    Map<Integer, String> names = new TreeMap<>();
    pattern.namedGroups().forEach((name, group) -> names.put(group, name));
    names.forEach(
        (group, name) -> {
          String value = matcher.group(group);
          row.extract(PlainRow.sanitised(name), value == null ? "" : value);
        });
  }

  static void pattern(String text, PlainRow row) {
    List<PatternNode> nodes = nodes(text);
    String line = row.line;
    if (line.isEmpty()) {
      // Not a capture of nothing, but no match: recorded answers of the reference show it.
      return;
    }
    int at = 0;
    int next = 0;
    if (nodes.getFirst() instanceof PatternNode.Literal(String first)) {
      if (!line.startsWith(first)) {
        return;
      }
      at = first.length();
      next = 1;
    }
    // From here captures and literals take turns.
    for (; next < nodes.size(); next += 2) {
      PatternNode.Capture capture = (PatternNode.Capture) nodes.get(next);
      boolean isLast = next + 1 == nodes.size();
      String until = isLast ? "" : ((PatternNode.Literal) nodes.get(next + 1)).text();
      int found = isLast ? -1 : line.indexOf(until, at);
      if (capture.isNamed()) {
        row.extract(capture.name(), found < 0 ? line.substring(at) : line.substring(at, found));
      }
      if (found < 0) {
        return;
      }
      at = found + until.length();
    }
  }

  private static List<PatternNode> nodes(String pattern) {
    try {
      return CapturePattern.parse(pattern).nodes();
    } catch (ExpressionException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
