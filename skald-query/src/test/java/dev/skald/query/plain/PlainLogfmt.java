package dev.skald.query.plain;

import dev.skald.logql.syntax.ExpressionException;
import dev.skald.logql.syntax.LogfmtKey;
import dev.skald.logql.syntax.Stage;
import dev.skald.logql.syntax.Stage.Extraction;
import dev.skald.logql.syntax.Stage.LogfmtFlag;
import java.util.ArrayList;
import java.util.List;

/** {@code logfmt} (spec logql.md 6.4, 6.5). */
final class PlainLogfmt {
  private final String line;
  private int at;

  private PlainLogfmt(String line) {
    this.line = line;
  }

  /** What a line holds up to its end, or up to the first fault if that ends it. */
  private record Pairs(List<Pair> pairs, boolean isFaulty) {}

  private record Pair(String key, String value) {}

  static void parse(Stage.Logfmt stage, PlainRow row) {
    boolean isStrict = stage.flags().contains(LogfmtFlag.STRICT);
    boolean keepsEmpty = stage.flags().contains(LogfmtFlag.KEEP_EMPTY);
    Pairs found = new PlainLogfmt(row.line).pairs(isStrict);
    if (stage.extractions().isEmpty()) {
      for (Pair pair : found.pairs()) {
        String name = PlainRow.sanitised(pair.key());
        if (!name.isEmpty() && (keepsEmpty || !pair.value().isEmpty())) {
          row.extract(name, pair.value());
        }
      }
    } else {
      stage.extractions().forEach(extraction -> extract(extraction, found.pairs(), row));
    }
    if (found.isFaulty()) {
      row.setError("LogfmtParserErr", "logfmt syntax error");
    }
  }

  private static void extract(Extraction extraction, List<Pair> pairs, PlainRow row) {
    String name = extraction.identifier();
    String key = key(extraction);
    List<Pair> found = pairs.stream().filter(pair -> pair.key().equals(key)).toList();
    if (!found.isEmpty()) {
      row.extractExpression(name, found.getLast().value());
    } else if (row.extractedName(name).equals(name)) {
      row.extractExpression(name, "");
    }
  }

  private static String key(Extraction extraction) {
    try {
      return LogfmtKey.parse(extraction.expression()).key();
    } catch (ExpressionException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private Pairs pairs(boolean isStrict) {
    List<Pair> pairs = new ArrayList<>();
    while (true) {
      while (at < line.length() && isSeparator()) {
        at++;
      }
      if (at == line.length()) {
        return new Pairs(pairs, false);
      }
      Pair pair = pair();
      if (pair != null) {
        pairs.add(pair);
      } else if (isStrict) {
        return new Pairs(pairs, true);
      } else {
        while (at < line.length() && !isSeparator()) {
          at++;
        }
      }
    }
  }

  private boolean isSeparator() {
    return line.charAt(at) <= ' ';
  }

  /** Null for a fault. */
  private Pair pair() {
    int start = at;
    while (at < line.length() && !isSeparator() && line.charAt(at) != '=') {
      if (line.charAt(at) == '"') {
        return null;
      }
      at++;
    }
    String key = line.substring(start, at);
    if (at == line.length() || isSeparator()) {
      return new Pair(key, "");
    }
    if (key.isEmpty()) {
      return null;
    }
    at++;
    if (at < line.length() && line.charAt(at) == '"') {
      String value = quoted();
      return value == null ? null : new Pair(key, value);
    }
    int valueStart = at;
    while (at < line.length() && !isSeparator()) {
      if (line.charAt(at) == '"' || line.charAt(at) == '=') {
        return null;
      }
      at++;
    }
    return new Pair(key, line.substring(valueStart, at));
  }

  /** Null if the quote does not end, or an escape is wrong. */
  private String quoted() {
    StringBuilder value = new StringBuilder();
    at++;
    while (at < line.length() && line.charAt(at) != '"') {
      char c = line.charAt(at++);
      if (c != '\\') {
        value.append(c);
        continue;
      }
      if (at == line.length()) {
        return null;
      }
      char escape = line.charAt(at++);
      switch (escape) {
        case '"', '\\', '/', '\'' -> value.append(escape);
        case 'b' -> value.append('\b');
        case 'f' -> value.append('\f');
        case 'n' -> value.append('\n');
        case 'r' -> value.append('\r');
        case 't' -> value.append('\t');
        case 'u' -> {
          value.append((char) Integer.parseInt(line.substring(at, at + 4), 16));
          at += 4;
        }
        default -> {
          return null;
        }
      }
    }
    if (at == line.length()) {
      return null;
    }
    at++;
    return value.toString();
  }
}
