package dev.skald.logql.engine;

import dev.skald.logql.engine.MemoryPages.Row;
import dev.skald.logql.syntax.LogqlParser;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A page of docs/language: its headings and code blocks. */
public record LanguagePage(String name, List<String> headings, List<Block> blocks) {
  private static final String FENCE = "```";

  /** A code block; {@code kind} stands behind the fence. */
  public record Block(String kind, List<String> lines) {
    String text() {
      return String.join("\n", lines);
    }
  }

  /** The folder of the pages. */
  public static Path folder() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.exists(here.resolve("ARCHITECTURE.md"))) {
      here = here.getParent();
      if (here == null) {
        throw new AssertionError("ARCHITECTURE.md is not above " + Path.of("").toAbsolutePath());
      }
    }
    return here.resolve("docs/language");
  }

  /** Every page but the list of pages. */
  static List<LanguagePage> all() {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .filter(file -> file.toString().endsWith(".md") && !file.endsWith("README.md"))
          .sorted()
          .map(LanguagePage::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LanguagePage read(Path file) {
    List<String> headings = new ArrayList<>();
    List<Block> blocks = new ArrayList<>();
    List<String> open = null;
    String kind = "";
    for (String line : lines(file)) {
      if (!line.startsWith(FENCE)) {
        if (open != null) {
          open.add(line);
        } else if (line.startsWith("## ")) {
          headings.add(line.substring("## ".length()));
        }
      } else if (open == null) {
        kind = line.substring(FENCE.length());
        open = new ArrayList<>();
      } else {
        blocks.add(new Block(kind, open));
        open = null;
      }
    }
    return new LanguagePage(String.valueOf(file.getFileName()), headings, blocks);
  }

  /** Lines of a file of the pages' folder. */
  public static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The entries of the page's {@code logs}. */
  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (Block block : blocks) {
      if (block.kind.equals("logs")) {
        block.lines.forEach(line -> rows.add(row(line)));
      }
    }
    return rows;
  }

  /** {@code {stream} second [{metadata}] line}. */
  private static Row row(String text) {
    int brace = text.indexOf('}') + 1;
    int blank = text.indexOf(' ', brace + 1);
    long second = Long.parseLong(text.substring(brace + 1, blank));
    String rest = text.substring(blank + 1);
    int metadata = startsWithLabels(rest) ? rest.indexOf('}') + 1 : 0;
    return new Row(
        labels(text.substring(0, brace)),
        second * EngineFixture.SECOND,
        metadata == 0 ? rest : rest.substring(metadata + 1),
        metadata == 0 ? Labels.EMPTY : labels(rest.substring(0, metadata)));
  }

  /** Whether labels in braces, and not an object of JSON, stand in front. */
  static boolean startsWithLabels(String text) {
    return text.length() > 1
        && text.charAt(0) == '{'
        && (Character.isLetter(text.charAt(1)) || "_}".indexOf(text.charAt(1)) >= 0);
  }

  private static Labels labels(String selector) {
    return Labels.of(
        LogqlParser.parseMatchers(selector).stream()
            .map(matcher -> new Label(matcher.name(), matcher.value()))
            .toList());
  }

  @Override
  public String toString() {
    return name;
  }
}
