package dev.skald.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The tree is tidy: short files, live links, no orphan pages, no notes to ourselves, every library explained. */
final class TidyTest {
  private static final int FILE_LINES_MAX = 600;

  /** A longer file says in its header why, with this word. */
  private static final String WHY_LONG = "Long because";

  private final Path root = root();
  private final List<Path> files = files(root);

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.exists(here.resolve("ARCHITECTURE.md"))) {
      here = here.getParent();
      if (here == null) {
        throw new AssertionError("ARCHITECTURE.md is not above " + Path.of("").toAbsolutePath());
      }
    }
    return here;
  }

  private static List<Path> files(Path root) {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<Path>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              Set<String> skipped = Set.of("target", ".git", "node_modules", "data");
              return skipped.contains(String.valueOf(folder.getFileName()))
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              found.add(file);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    found.sort(null);
    return found;
  }

  private List<Path> named(String ending) {
    return files.stream().filter(file -> file.toString().endsWith(ending)).toList();
  }

  private String relative(Path file) {
    return root.relativize(file).toString();
  }

  @Test
  void filesAreShortOrSayWhy() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path file : named(".java")) {
      List<String> lines = Files.readAllLines(file);
      if (lines.size() > FILE_LINES_MAX && lines.stream().noneMatch(l -> l.contains(WHY_LONG))) {
        wrong.add(relative(file) + " has " + lines.size() + " lines");
      }
    }
    assertTrue(named(".java").size() > 100, "no sources were found below " + root);
    assertEquals(List.of(), wrong);
  }

  @Test
  void nothingIsLeftForLater() throws IOException {
    // Put together here so that this file does not find itself.
    List<String> banned = List.of("TO" + "DO", "FIX" + "ME", "X" + "XX:");
    List<String> wrong = new ArrayList<>();
    for (Path file : named(".java")) {
      String text = Files.readString(file);
      banned.stream()
          .filter(text::contains)
          .forEach(word -> wrong.add(relative(file) + " holds " + word));
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void everyRoomHasASign() {
    Set<Path> rooms = new HashSet<>();
    for (Path file : named(".java")) {
      boolean isSource = relative(file).contains("src/main/java/dev");
      if (isSource) {
        rooms.add(file.getParent());
      }
    }
    List<String> unsigned =
        rooms.stream()
            .filter(room -> !Files.exists(room.resolve("package-info.java")))
            .map(this::relative)
            .sorted()
            .toList();
    assertEquals(List.of(), unsigned);
  }

  @Test
  void pagesHaveOneTitleAndLiveLinks() throws IOException {
    List<String> wrong = new ArrayList<>();
    Set<Path> linked = new HashSet<>();
    for (Path page : named(".md")) {
      List<String> lines = Files.readAllLines(page);
      long titles = titles(lines);
      if (titles != 1 || !lines.getFirst().startsWith("# ")) {
        wrong.add(relative(page) + " has " + titles + " titles, or none in its first line");
      }
      for (String target : links(String.join("\n", lines))) {
        Path file = page.resolveSibling(target).normalize();
        linked.add(file);
        if (!Files.exists(file)) {
          wrong.add(relative(page) + " links to " + target + ", which is not there");
        }
      }
    }
    Set<String> entrances = Set.of("README.md", "ARCHITECTURE.md");
    for (Path page : named(".md")) {
      boolean isFixture = relative(page).contains("/src/");
      if (!isFixture && !linked.contains(page) && !entrances.contains(relative(page))) {
        wrong.add(relative(page) + " is linked from nowhere");
      }
    }
    assertEquals(List.of(), wrong);
  }

  private static long titles(List<String> lines) {
    boolean code = false;
    long titles = 0;
    for (String line : lines) {
      if (line.startsWith("```")) {
        code = !code;
      }
      if (!code && line.startsWith("# ")) {
        titles++;
      }
    }
    return titles;
  }

  /** Targets of Markdown links that stay in the repository, without their anchors. */
  private static List<String> links(String text) {
    List<String> targets = new ArrayList<>();
    for (int at = text.indexOf("]("); at >= 0; at = text.indexOf("](", at + 1)) {
      int end = text.indexOf(')', at);
      String target = end < 0 ? "" : text.substring(at + 2, end);
      int anchor = target.indexOf('#');
      String path = anchor < 0 ? target : target.substring(0, anchor);
      if (!path.isEmpty() && !path.contains("://") && path.indexOf(' ') < 0) {
        targets.add(path);
      }
    }
    return targets;
  }

  @Test
  void everyLibraryHasItsLine() throws IOException {
    String page = Files.readString(root.resolve("docs/dependencies.md"));
    List<String> missing = new ArrayList<>();
    for (String line : Files.readAllLines(root.resolve("pom.xml"))) {
      int at = line.indexOf("<artifactId>");
      boolean isLibrary = line.strip().startsWith("<dependency>") && !line.contains("dev.skald");
      if (isLibrary && at >= 0) {
        String name = line.substring(at + "<artifactId>".length(), line.indexOf("</artifactId>"));
        if (!page.contains("`" + name + "`")) {
          missing.add(name);
        }
      }
    }
    assertEquals(List.of(), missing, "docs/dependencies.md lacks a line");
  }
}
