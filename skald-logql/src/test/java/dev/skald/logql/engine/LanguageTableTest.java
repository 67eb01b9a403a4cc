package dev.skald.logql.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.testkit.script.Script;
import dev.skald.testkit.script.Scripts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The table in docs/language/README.md says of every feature which page, script and file it has:
 * none is without, and no script is without a feature.
 */
final class LanguageTableTest {
  private static final String SCRIPTS =
      "../../skald-testkit/src/main/resources/scripts/%s.logqltest";

  /** A row of the table: what its links lead to, by column. */
  private record Feature(List<String> pages, List<String> scripts, List<String> files) {}

  private static List<Feature> table() {
    List<Feature> features = new ArrayList<>();
    boolean isTable = false;
    for (String line : LanguagePage.lines(LanguagePage.folder().resolve("README.md"))) {
      isTable |= line.startsWith("| feature |");
      if (isTable && line.startsWith("| [")) {
        String[] cells = line.split("\\|");
        features.add(new Feature(links(cells[1]), links(cells[2]), links(cells[3])));
      }
    }
    return features;
  }

  private static List<String> links(String cell) {
    List<String> targets = new ArrayList<>();
    for (int at = cell.indexOf("]("); at >= 0; at = cell.indexOf("](", at + 1)) {
      targets.add(cell.substring(at + 2, cell.indexOf(')', at)));
    }
    return targets;
  }

  /** As a heading's address in a page. */
  private static String anchor(String heading) {
    StringBuilder anchor = new StringBuilder();
    for (char c : heading.toLowerCase(Locale.ROOT).toCharArray()) {
      if (Character.isLetterOrDigit(c) || c == '_') {
        anchor.append(c);
      } else if (c == ' ' || c == '-') {
        anchor.append('-');
      }
    }
    return anchor.toString();
  }

  @Test
  void everyHeadingOfEveryPageIsAFeature() {
    Set<String> headings = new TreeSet<>();
    for (LanguagePage page : LanguagePage.all()) {
      page.headings().forEach(heading -> headings.add(page.name() + "#" + anchor(heading)));
    }
    Set<String> features = new TreeSet<>();
    table().forEach(feature -> features.addAll(feature.pages()));
    assertEquals(headings, features);
  }

  @Test
  void everyScriptBelongsToAFeature() {
    Set<String> scripts = new TreeSet<>();
    for (Script script : Scripts.all()) {
      String name = script.name().replace("scripts/", "").replace(".logqltest", "");
      scripts.add(SCRIPTS.formatted(name));
    }
    Set<String> listed = new TreeSet<>();
    table().forEach(feature -> listed.addAll(feature.scripts()));
    assertEquals(scripts, listed);
  }

  @Test
  void everyFeatureHasAScriptAndAFile() {
    Path folder = LanguagePage.folder();
    for (Feature feature : table()) {
      assertTrue(!feature.scripts().isEmpty() && !feature.files().isEmpty(), feature.toString());
      for (String file : feature.files()) {
        assertTrue(Files.exists(folder.resolve(file)), file);
      }
    }
  }
}
