package dev.skald.storage.shape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.model.ShapedLines;
import dev.skald.model.SlotColumn;
import dev.skald.model.Stamp;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Columns that say of themselves what is not so: what a bug of the writer would leave. */
final class ShapedCheckTest {
  private static final int ROWS = 12;

  /** What is asked of a page or a column, and what it is answered by a bug. */
  private record Lie(String method, Object answer) {}

  /** A lie about a column, or about the page, and the problem that it must show. */
  record Case(String problem, boolean ofColumn, String method, Object answer) {
    @Override
    public String toString() {
      return method + ": " + problem;
    }
  }

  static List<Case> cases() {
    Stamp short3 = new Stamp(-1, -1, true, 0, 3);
    Stamp long3 = new Stamp(-1, -1, true, 3, 1_000);
    Stamp noText = new Stamp(0, 0, false, 0, 1_000);
    return List.of(
        new Case("expected 0 to 3 bytes, was ", false, "stamp", short3),
        new Case("expected 3 to 1000 bytes, was ", false, "stamp", long3),
        new Case("has a byte that no value has by the stamp", false, "stamp", noText),
        new Case("is not what the dictionary has", true, "distinct", new byte[] {1}));
  }

  /** JSON whose columns are integers, a dictionary and strings. */
  private static List<byte[]> lines() {
    List<byte[]> lines = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      String line =
          "{\"n\":%d,\"who\":\"%s\",\"say\":\"\\\"%d\\\" said\",\"all\":[%d]}"
              .formatted(i, i % 2 == 0 ? "anna" : "ben", i * 7, i);
      lines.add(line.getBytes(StandardCharsets.UTF_8));
    }
    return lines;
  }

  private static <T> T lying(Class<T> type, T honest, Lie lie) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                method.getName().equals(lie.method) ? lie.answer : call(honest, method, arguments));
    return type.cast(proxy);
  }

  private static Object call(Object honest, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(honest, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** All columns lie alike. */
  private static ShapedLines withLyingColumns(ShapedLines honest, Lie lie) {
    Object proxy =
        Proxy.newProxyInstance(
            ShapedLines.class.getClassLoader(),
            new Class<?>[] {ShapedLines.class},
            (self, method, arguments) -> {
              Object answer = call(honest, method, arguments);
              return answer instanceof SlotColumn column
                  ? lying(SlotColumn.class, column, lie)
                  : answer;
            });
    return ShapedLines.class.cast(proxy);
  }

  private static List<String> problems(ShapedLines page) {
    List<String> problems = new ArrayList<>();
    ShapedCheck.run(page, problems::add);
    return problems;
  }

  @Test
  void aPageAsWrittenHasNoProblems() {
    try (ShapedPages pages = new ShapedPages()) {
      ShapedPage page = pages.write(lines()).page();
      assertTrue(page.columnCount() >= 4, "taken apart");
      assertEquals(List.of(), problems(page));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aLieIsFound(Case one) {
    try (ShapedPages pages = new ShapedPages()) {
      ShapedPage page = pages.write(lines()).page();
      Lie lie = new Lie(one.method, one.answer);
      List<String> problems =
          problems(
              one.ofColumn ? withLyingColumns(page, lie) : lying(ShapedLines.class, page, lie));
      assertTrue(problems.stream().anyMatch(p -> p.contains(one.problem)), problems::toString);
    }
  }

  /** Strings where the shape says that there are numbers: the slots of one shape filled from the columns of another. */
  @Test
  void aSlotThatDoesNotHoldWhatItsKindPromisesIsFound() {
    try (ShapedPages pages = new ShapedPages()) {
      ShapedPage page = pages.write(lines()).page();
      SlotColumn text = page.column(2);
      List<String> problems = problems(lying(ShapedLines.class, page, new Lie("stamp", Stamp.ANY)));
      assertEquals(List.of(), problems, "a stamp that says nothing is no lie");
      Object proxy =
          Proxy.newProxyInstance(
              ShapedLines.class.getClassLoader(),
              new Class<?>[] {ShapedLines.class},
              (self, method, arguments) -> {
                if (method.getName().equals("stamp")) {
                  return Stamp.ANY;
                }
                Object answer = call(page, method, arguments);
                return answer instanceof SlotColumn ? text : answer;
              });
      List<String> found = problems(ShapedLines.class.cast(proxy));
      assertEquals(
          2, found.size(), found::toString); // the number and the array; who is a string too
      assertTrue(found.getFirst().endsWith("is no JSON_BARE"), found::toString);
      assertTrue(found.getLast().endsWith("is no JSON_NESTED"), found::toString);
    }
  }
}
