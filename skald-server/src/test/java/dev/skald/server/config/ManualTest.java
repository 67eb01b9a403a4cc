package dev.skald.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skald.config.ConfigKeys;
import dev.skald.config.ReferencePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/config.md is what the records say. */
class ManualTest {
  private static final String WRITE = "skald.manual";
  private static final Path PAGE = Path.of("..", "docs", "config.md");
  private static final List<ConfigKeys.Description> KEYS = ConfigKeys.of(SkaldConfig.class);

  @Test
  void pageIsGenerated() throws IOException {
    String page = page();
    if ("write".equals(System.getProperty(WRITE))) {
      Files.writeString(PAGE, page);
    }
    String hint = "docs/config.md is out of date: run this test with -D" + WRITE + "=write";
    assertEquals(page, Files.readString(PAGE), hint);
  }

  @Test
  void everyKeySaysWhatItMeans() {
    List<String> silent =
        KEYS.stream().filter(key -> key.doc().isEmpty()).map(ConfigKeys.Description::path).toList();
    assertEquals(List.of(), silent);
  }

  private static String page() {
    return ConfigFiles.text("manual.md")
        .replace("{{flags}}", flags())
        .replace("{{keys}}", ReferencePage.tables(KEYS, Flags::ofPath))
        .replace("{{moved}}", moved())
        .replace("{{ignored}}", ignored())
        .replace("{{idle}}", idle());
  }

  private static String flags() {
    StringBuilder out = new StringBuilder("| flag | meaning |\n|---|---|\n");
    Flags.own().forEach((name, meaning) -> out.append("| `-%s` | %s |\n".formatted(name, meaning)));
    return out.toString().stripTrailing();
  }

  private static String moved() {
    return ObsoleteKeys.MOVED.stream()
        .map(moved -> "| `%s` | `%s` |".formatted(moved.from(), moved.to()))
        .collect(Collectors.joining("\n", "| key | now |\n|---|---|\n", ""));
  }

  /** Obsolete keys of sections that the top level names, the outermost ones only. */
  private static String ignored() {
    Set<String> moved =
        ObsoleteKeys.MOVED.stream().map(ObsoleteKeys.Moved::from).collect(Collectors.toSet());
    Map<String, KeyCatalog.Known> all = KeyCatalog.loki().withFullPaths();
    return all.entrySet().stream()
        .filter(entry -> entry.getValue().isObsolete() && !moved.contains(entry.getKey()))
        .map(Map.Entry::getKey)
        .filter(path -> !path.startsWith("table_manager.") && !path.endsWith("allow_deletes"))
        .filter(path -> moved.stream().noneMatch(old -> path.startsWith(old + ".")))
        .filter(path -> !isBelowObsolete(path, all))
        .sorted()
        .map(path -> "`" + path + "`")
        .collect(Collectors.joining(", ", "", "."));
  }

  private static boolean isBelowObsolete(String path, Map<String, KeyCatalog.Known> all) {
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
      KeyCatalog.Known known = all.get(path.substring(0, dot));
      if (known != null && known.isObsolete()) {
        return true;
      }
    }
    return false;
  }

  private static String idle() {
    Set<String> meant = KEYS.stream().map(ConfigKeys.Description::path).collect(Collectors.toSet());
    Map<String, Integer> counts = new TreeMap<>();
    KeyCatalog.loki()
        .withFullPaths()
        .forEach(
            (path, known) -> {
              String section = path.contains(".") ? path.substring(0, path.indexOf('.')) : path;
              boolean isBlock = known.type().startsWith("@") || known.type().equals("map");
              if (!meant.contains(path) && !isBlock && !known.isObsolete()) {
                counts.merge(section, 1, Integer::sum);
              }
            });
    String list =
        counts.entrySet().stream()
            .map(count -> "`%s` (%d)".formatted(count.getKey(), count.getValue()))
            .collect(Collectors.joining(", "));
    int sum = counts.values().stream().mapToInt(Integer::intValue).sum();
    return "%d keys in these blocks, with the number in each, and those of reusable blocks such as"
            .formatted(sum)
        + " `grpc_client_config` and `kvstore.etcd`: "
        + list
        + ".";
  }
}
