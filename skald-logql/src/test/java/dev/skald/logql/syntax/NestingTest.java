package dev.skald.logql.syntax;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No query is deep or long enough to run the parser, or a walk over its tree, off the stack. */
final class NestingTest {
  /** Half of what a thread has by default on a 64-bit machine. */
  private static final long SMALL_STACK_BYTES = 512 * 1024;

  /** {@code open}, n times, then {@code core}, then {@code close}, n times. */
  record Shape(String name, String before, String open, String core, String close, String after) {
    String nested(int levels) {
      return before + open.repeat(levels) + core + close.repeat(levels) + after;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Shape> shapes() {
    String range = "rate({a=\"b\"}[1m])";
    return Stream.of(
        new Shape("parentheses", "", "(", "1", ")", ""),
        new Shape("parentheses around logs", "", "(", "{a=\"b\"}", ")", ""),
        new Shape("ranges", "rate(", "(", "{a=\"b\"}[1m]", ")", ")"),
        new Shape("aggregations", "", "sum(", range, ")", ""),
        new Shape("operators to the left", "", "", range, "+" + range, ""),
        new Shape("operators to the right", "", "vector(1)^", "vector(2)", "", ""),
        new Shape("filters in parentheses", "{a=\"b\"} | ", "(", "x=1", ")", ""),
        new Shape("filters with and", "{a=\"b\"} | ", "", "x=1", " and x=1", ""),
        new Shape("filters with comma", "{a=\"b\"} | ", "", "x=1", ",x=1", ""),
        new Shape("filters side by side", "{a=\"b\"} | ", "", "x=1", " x=1", ""));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void refusesWhatIsTooDeep(Shape shape) {
    String query = shape.nested(5_000);
    LogqlSyntaxException e =
        assertThrows(
            LogqlSyntaxException.class, () -> onSmallStack(() -> LogqlParser.parse(query)));
    assertTrue(e.getMessage().contains(": query nested too deeply: max="), e.getMessage());
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void walksWhatIsJustShallowEnough(Shape shape) {
    String query = shape.nested(Height.MAX - 2);
    assertDoesNotThrow(
        () ->
            onSmallStack(
                () -> {
                  Expr expr = LogqlParser.parse(query);
                  Expr again = LogqlParser.parse(LogqlPrinter.print(expr));
                  assertEquals(LogqlPrinter.print(expr), LogqlPrinter.print(again));
                  assertTrue(!LogqlPrinter.pretty(expr).isEmpty());
                }));
  }

  @Test
  void refusesParenthesesThatNeverClose() {
    assertEquals(
        "parse error at line 1, col 621: query nested too deeply: max=620",
        assertThrows(LogqlSyntaxException.class, () -> LogqlParser.parse("(".repeat(100_000)))
            .getMessage());
  }

  @Test
  void refusesTheFirstTreeThatIsTooHigh() {
    String filters = "{a=\"b\"} | x=1" + " or x=1".repeat(Height.MAX - 1);
    assertDoesNotThrow(() -> LogqlParser.parse(filters));

    LogqlSyntaxException e =
        assertThrows(LogqlSyntaxException.class, () -> LogqlParser.parse(filters + " or x=1"));
    assertEquals("parse error : query nested too deeply: max=300", e.getMessage());
  }

  @Test
  void refusesWhatIsTooLong() {
    String before = "{a=\"b\"} |= \"";
    String fits = before + "x".repeat(LogqlParser.QUERY_BYTES_MAX - before.length() - 2) + "\"";
    assertEquals(LogqlParser.QUERY_BYTES_MAX - 1, fits.length());
    assertDoesNotThrow(() -> LogqlParser.parse(fits));

    LogqlSyntaxException e =
        assertThrows(LogqlSyntaxException.class, () -> LogqlParser.parse(fits + " "));
    assertEquals("parse error : input size too long (131072 > 131072)", e.getMessage());
  }

  /** Runs on a thread with a small stack; what it throws is thrown here. */
  private static void onSmallStack(Runnable task) {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread thread = new Thread(null, task, "small-stack", SMALL_STACK_BYTES);
    thread.setUncaughtExceptionHandler((_, e) -> thrown.set(e));
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    switch (thrown.get()) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Throwable e -> throw new AssertionError(e);
    }
  }
}
