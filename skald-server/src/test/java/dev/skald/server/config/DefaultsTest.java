package dev.skald.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.skald.config.ConfigBinder;
import dev.skald.config.ConfigKeys;
import dev.skald.config.ConfigValue;
import dev.skald.config.ConfigValue.Mapping;
import dev.skald.config.ConfigYaml;
import dev.skald.config.Origin;
import dev.skald.config.Problems;
import dev.skald.config.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every key is when nobody says anything. */
class DefaultsTest {
  /** Keys that Loki does not have. */
  private static final List<String> OWN =
      List.of(
          "server.otlp_grpc_listen_port",
          "storage.durability",
          "storage.sync_interval",
          "storage.head_flush_bytes",
          "storage.head_bytes_max",
          "storage.compaction_cpu_percent",
          "storage.free_bytes_min",
          "storage.retention_max_bytes",
          "storage.cache_bytes_max",
          "storage.orphan_grace",
          "limits_config.max_query_memory",
          "limits_config.query_dialect",
          "limits_config.retention_max_bytes",
          "limits_config.deletion_rows_max");

  /** Keys whose default is another one here: the log is in the data folder unless it is told. */
  private static final List<String> OTHER_DEFAULT =
      List.of("ingester.wal.dir", "pattern_ingester.enabled");

  @Test
  void everyDefaultIsWrittenDown() {
    assertEquals(ConfigFiles.text("defaults.yaml"), ConfigPrinter.defaults());
  }

  @Test
  void anEmptyFileIsDefaults(@TempDir Path folder) {
    LoadedConfig loaded = ConfigFiles.load(folder, "# nothing\n");
    assertEquals(ConfigBinder.defaults(SkaldConfig.class), loaded.config());
    assertEquals(List.of(), loaded.warnings());
    assertEquals("{}\n", ConfigPrinter.difference(loaded.config()));
  }

  @Test
  void withoutAFileItIsForOnePersonOnOneMachine(@TempDir Path folder) {
    SkaldConfig config =
        ConfigFiles.loader(java.util.Map.of(), folder).read(CommandLine.parse()).config();
    assertEquals(
        """
        auth_enabled: false
        server:
          http_listen_address: "127.0.0.1"
          grpc_listen_address: "127.0.0.1"
        limits_config:
          ingestion_rate_mb: 1024
          ingestion_burst_size_mb: 1024
          max_global_streams_per_user: 0
        """,
        ConfigPrinter.difference(config));
    assertEquals(Path.of("data"), config.dataDirectory());
    assertEquals(Path.of("data/wal"), config.walDirectory());
  }

  /** The reference's defaults are in the catalog; set as if a user had, they change nothing. */
  @Test
  void defaultsAreThoseOfLoki() {
    Mapping tree = Mapping.empty(Origin.of("known-keys.txt"));
    List<String> unknown = new ArrayList<>();
    int compared = 0;
    for (ConfigKeys.Description key : ConfigKeys.of(SkaldConfig.class)) {
      boolean inItems = key.path().contains("[]") || key.path().contains("<");
      KeyCatalog.Known known = inItems ? null : KeyCatalog.loki().find(key.path());
      if (known == null && !inItems) {
        unknown.add(key.path());
      } else if (known != null && !known.defaultText().isEmpty()) {
        boolean said = !known.defaultText().equals("…") && !OTHER_DEFAULT.contains(key.path());
        if (said) {
          ConfigValue value = YamlReader.read("d", "v: " + known.defaultText()).at("v");
          assertNotNull(value, key.path());
          tree = tree.with(key.path(), value);
          compared++;
        }
      }
    }
    assertEquals(OWN, unknown);
    Problems problems = new Problems();
    SkaldConfig config =
        new ConfigBinder(KeyCatalog.loki(), problems).bind(SkaldConfig.class, tree);
    problems.throwIfAny();
    assertEquals("{}\n", ConfigPrinter.difference(config));
    assertEquals(127, compared, "keys with a default in the catalog");
    assertEquals(
        ConfigYaml.tree(ConfigBinder.defaults(SkaldConfig.class)), ConfigYaml.tree(config));
  }
}
