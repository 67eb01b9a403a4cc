package dev.skald.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The plain twin of {@link LevelDetector}: the rules written down, with no thought of speed. Lines
 * are well-formed.
 */
final class PlainLevelDetector {
  private static final List<String> KEYWORDS =
      List.of("trace", "debug", "fatal", "critical", "error", "err", "warning", "warn", "info");
  private static final String LEFT = " \t\n[({\"'=|";
  private static final String RIGHT = " \t\n[](){}:,!\"'=|";

  private final List<String> fields;
  private final int jsonDepthMax;

  PlainLevelDetector(List<String> fields, int jsonDepthMax) {
    this.fields = fields;
    this.jsonDepthMax = jsonDepthMax;
  }

  Level detect(String line) {
    String trimmed = line.strip();
    Level level = null;
    if (trimmed.startsWith("{") && trimmed.endsWith("}")) {
      level = ofJson(trimmed);
    } else if (line.contains("=")) {
      level = ofLogfmt(line);
    }
    return level != null ? level : ofKeyword(line.toLowerCase(Locale.ROOT));
  }

  private @Nullable Level ofJson(String line) {
    try (JsonParser parser = new JsonFactory().createParser(line)) {
      int depth = 0;
      int arrays = 0;
      for (JsonToken t = parser.nextToken(); t != null; t = parser.nextToken()) {
        switch (t) {
          case START_OBJECT -> depth++;
          case END_OBJECT -> depth--;
          case START_ARRAY -> arrays++;
          case END_ARRAY -> arrays--;
          case VALUE_STRING -> {
            if (arrays == 0 && depth <= jsonDepthMax && fields.contains(parser.currentName())) {
              return Level.ofWord(parser.getText());
            }
          }
          default -> {}
        }
      }
      return null;
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON: " + line, e);
    }
  }

  private @Nullable Level ofLogfmt(String line) {
    int best = fields.size();
    String found = null;
    for (String pair : pairs(line)) {
      int equals = pair.indexOf('=');
      for (int i = 0; i < best && equals >= 0; i++) {
        if (fields.get(i).equalsIgnoreCase(pair.substring(0, equals))) {
          best = i;
          found = pair.substring(equals + 1);
        }
      }
    }
    return found == null ? null : Level.ofWord(found.startsWith("\"") ? found.substring(1) : found);
  }

  /**
   * Words between blanks; behind {@code ="} a blank is none until the quote ends, and the quote is
   * left out.
   */
  private static List<String> pairs(String line) {
    List<String> pairs = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quoted && c == '"') {
        quoted = false;
        pairs.add(word.toString());
        word.setLength(0);
      } else if (!quoted && c == ' ') {
        pairs.add(word.toString());
        word.setLength(0);
      } else {
        quoted |= c == '"' && word.toString().endsWith("=");
        word.append(c);
      }
    }
    pairs.add(word.toString());
    return pairs;
  }

  private static Level ofKeyword(String line) {
    for (int at = 0; at < line.length(); at++) {
      for (String keyword : KEYWORDS) {
        int end = at + keyword.length();
        if (line.startsWith(keyword, at)
            && (at == 0 || LEFT.indexOf(line.charAt(at - 1)) >= 0)
            && (end == line.length() || RIGHT.indexOf(line.charAt(end)) >= 0)) {
          Level level = Level.ofWord(keyword);
          return level == null ? Level.UNKNOWN : level;
        }
      }
    }
    return Level.UNKNOWN;
  }
}
