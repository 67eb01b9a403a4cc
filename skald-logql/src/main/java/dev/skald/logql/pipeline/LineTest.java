package dev.skald.logql.pipeline;

import dev.skald.grep.LiteralFinder;
import dev.skald.grep.RegexFilter;

/** One operand of a line filter: what a line must have. Immutable; shared by threads. */
sealed interface LineTest permits LineTest.Literal, LineTest.Regex, LinePatternFilter, IpFilter {
  /** Whether the line {@code bytes[start .. end)} has it. */
  boolean matches(byte[] bytes, int start, int end);

  /** Contains the bytes. */
  record Literal(LiteralFinder finder) implements LineTest {
    @Override
    public boolean matches(byte[] bytes, int start, int end) {
      return finder.find(bytes, start, end) >= 0;
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
