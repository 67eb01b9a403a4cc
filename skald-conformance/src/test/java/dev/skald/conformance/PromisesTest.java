package dev.skald.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests that docs/promises.md names are there, with the methods that it names. */
final class PromisesTest {
  private static final Path TOP = Path.of("..");
  private static final Path PAGE = TOP.resolve("docs/promises.md");
  private static final int PROMISES = 10;

  /** Source of each test class, by its simple name. */
  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new TreeMap<>();
    try (Stream<Path> files = Files.walk(TOP)) {
      for (Path file :
          files
              .filter(
                  f -> f.toString().contains("/src/test/java/") && f.toString().endsWith(".java"))
              .toList()) {
        String name = String.valueOf(file.getFileName());
        sources.put(name.substring(0, name.length() - ".java".length()), Files.readString(file));
      }
    }
    return sources;
  }

  /** What stands in back quotes in a cell. */
  private static List<String> quoted(String cell) {
    List<String> names = new ArrayList<>();
    String[] parts = cell.split("`", -1);
    for (int i = 1; i < parts.length; i += 2) {
      names.add(parts[i]);
    }
    return names;
  }

  @Test
  void everyPromiseHasItsTestsAndItsPlantedBugs() throws IOException {
    Map<String, String> sources = sources();
    List<String> promises = new ArrayList<>();
    for (String line : Files.readAllLines(PAGE)) {
      String[] cells = line.split("\\|", -1);
      if (cells.length < 5 || !cells[1].strip().matches("R[0-9]+")) {
        continue;
      }
      promises.add(cells[1].strip());
      for (int column : new int[] {3, 4}) {
        List<String> names = quoted(cells[column]);
        assertFalse(names.isEmpty(), () -> line + ": column " + column + " names nothing");
        for (String name : names) {
          String[] classAndMethod = name.split("\\.");
          String source = sources.get(classAndMethod[0]);
          assertTrue(source != null, () -> line + ": no test class " + classAndMethod[0]);
          assertTrue(
              classAndMethod.length == 1
                  || (source != null && source.contains(" " + classAndMethod[1] + "(")),
              () -> line + ": no method " + name);
        }
      }
    }
    assertEquals(PROMISES, promises.size(), promises::toString);
    assertEquals(PROMISES, promises.stream().distinct().count(), promises::toString);
  }
}
