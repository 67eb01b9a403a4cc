package dev.skald.logql.pipeline;

import dev.skald.grep.AnyLiteralFinder;
import dev.skald.grep.LiteralFinder;
import dev.skald.grep.RegexFilter;

/** One operand of a line filter: what a line must have. Immutable; shared by threads. */
sealed interface LineTest
    permits LineTest.Literal, LineTest.AnyLiteral, LineTest.Regex, LinePatternFilter, IpFilter {
  /** Whether the line {@code bytes[start .. end)} has it. */
  boolean matches(byte[] bytes, int start, int end);

  /** Whether {@link #search} can rule stretches of text out. */
  default boolean canSearch() {
    return false;
  }

  /**
   * Where in {@code [start, end)}, which may be many lines, something begins that a line must hold to match; -1 if
   * nowhere. Legal when {@link #canSearch}; a line with a hit may still not match.
   */
  default int search(byte[] bytes, int start, int end) {
    return start;
  }

  /** Contains the bytes. */
  record Literal(LiteralFinder finder) implements LineTest {
    @Override
    public boolean matches(byte[] bytes, int start, int end) {
      return finder.find(bytes, start, end) >= 0;
    }

    @Override
    public boolean canSearch() {
      return finder.needleBytes() > 0;
    }

    @Override
    public int search(byte[] bytes, int start, int end) {
      return finder.find(bytes, start, end);
    }
  }

  /** Contains any of many strings. */
  record AnyLiteral(AnyLiteralFinder finder) implements LineTest {
    @Override
    public boolean matches(byte[] bytes, int start, int end) {
      return finder.find(bytes, start, end) >= 0;
    }

    @Override
    public boolean canSearch() {
      return true;
    }

    @Override
    public int search(byte[] bytes, int start, int end) {
      return finder.find(bytes, start, end);
    }
  }

  /** RE2, found anywhere. */
  record Regex(RegexFilter filter) implements LineTest {
    @Override
    public boolean matches(byte[] bytes, int start, int end) {
      return filter.matches(bytes, start, end);
    }
  }
}
