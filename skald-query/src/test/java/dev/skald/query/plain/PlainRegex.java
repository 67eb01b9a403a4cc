package dev.skald.query.plain;

import com.google.re2j.Pattern;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Expressions by their text, since the plain path compiles one for every row. */
final class PlainRegex {
  private static final Map<String, Pattern> COMPILED = new ConcurrentHashMap<>();

  private PlainRegex() {}

  /** Anywhere in the text; the dot does not match a newline. */
  static Pattern of(String expression) {
    return COMPILED.computeIfAbsent(expression, Pattern::compile);
  }

  /** The whole text; the dot matches a newline (spec logql.md 4). */
  static boolean matchesWhole(String expression, String text) {
    return of("^(?s:" + expression + ")$").matches(text);
  }
}
