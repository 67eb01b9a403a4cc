package dev.skald.server.config;

import dev.skald.config.ConfigValue;
import dev.skald.config.ConfigValue.Entry;
import dev.skald.config.ConfigValue.Mapping;
import dev.skald.config.ConfigValue.Scalar;
import dev.skald.config.ConfigValue.Sequence;
import dev.skald.config.DurationText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keys of earlier Loki releases that tutorials and charts still carry: each is moved to where its meaning is now, or
 * dropped, with one warning. Source of the table: docs/config.md, "Keys of earlier releases".
 */
final class ObsoleteKeys {
  /** A key whose meaning is elsewhere now; the new key wins if both are given. */
  record Moved(String from, String to) {}

  static final List<Moved> MOVED =
      List.of(
          new Moved("chunk_encoding", "ingester.chunk_encoding"),
          new Moved("http_prefix", "server.http_path_prefix"),
          new Moved("server.http_prefix", "server.http_path_prefix"),
          new Moved("limits_config.per_tenant_override_config", "runtime_config.file"),
          new Moved("limits_config.per_tenant_override_period", "runtime_config.period"),
          new Moved("chunk_store_config.max_look_back_period", "limits_config.max_query_lookback"),
          new Moved("compactor.deletion_mode", "limits_config.deletion_mode"),
          new Moved("compactor.shared_store", "compactor.delete_request_store"),
          new Moved("querier.query_timeout", "limits_config.query_timeout"),
          new Moved("querier.engine.timeout", "limits_config.query_timeout"),
          new Moved(
              "query_range.split_queries_by_interval", "limits_config.split_queries_by_interval"),
          new Moved(
              "query_range.results_cache.max_freshness",
              "limits_config.max_cache_freshness_per_query"),
          new Moved("ruler.remote_write.client", "ruler.remote_write.clients.default"));

  private static final String TRANSFER = "ingester.max_transfer_retries";
  private static final String ALLOW_DELETES = "allow_deletes";
  private static final String DELETION_MODE = "deletion_mode";

  private final List<String> warnings;

  /**
   * @param warnings where to put them
   */
  ObsoleteKeys(List<String> warnings) {
    this.warnings = warnings;
  }

  /** A whole configuration without obsolete keys that mean something; the others stay where they are. */
  Mapping mapped(Mapping tree) {
    Mapping mapped = tree;
    for (Moved moved : MOVED) {
      mapped = move(mapped, moved);
    }
    mapped = allowDeletes(mapped, "limits_config.", "limits_config.");
    mapped = dataFolderHint(mapped);
    warnAboutStores(mapped);
    warnAboutTables(mapped);
    warnAboutTransfer(mapped);
    warnAboutOthers("", mapped);
    return mapped;
  }

  /** The same for one tenant's block of overrides. */
  Mapping mappedOverrides(String tenant, Mapping block) {
    Mapping mapped = allowDeletes(block, "", "overrides." + tenant + ".");
    for (String key : mapped.entries().keySet()) {
      if (isObsolete("limits_config." + key)) {
        ignored("overrides." + tenant + "." + key);
      }
    }
    return mapped;
  }

  private Mapping move(Mapping tree, Moved moved) {
    ConfigValue value = tree.at(moved.from());
    if (value == null) {
      return tree;
    }
    warn(moved.from(), "treated as " + moved.to());
    Mapping without = tree.without(moved.from());
    return without.at(moved.to()) == null ? without.with(moved.to(), value) : without;
  }

  private Mapping allowDeletes(Mapping tree, String prefix, String shownPrefix) {
    String allowed = tree.textAt(prefix + ALLOW_DELETES);
    ConfigValue value = tree.at(prefix + ALLOW_DELETES);
    if (allowed == null || value == null) {
      return tree;
    }
    String mode = allowed.equals("true") ? "filter-and-delete" : "disabled";
    warn(shownPrefix + ALLOW_DELETES, "treated as deletion_mode: " + mode);
    Mapping without = tree.without(prefix + ALLOW_DELETES);
    return without.at(prefix + DELETION_MODE) == null
        ? without.with(prefix + DELETION_MODE, Scalar.plain(mode, value.origin()))
        : without;
  }

  /** Where nothing else says where data goes, the folder around the old index does. */
  private static Mapping dataFolderHint(Mapping tree) {
    ConfigValue index = tree.at("storage_config.boltdb_shipper.active_index_directory");
    boolean said =
        tree.at("storage_config.filesystem.directory") != null
            || tree.at("common.path_prefix") != null
            || tree.at("common.storage.filesystem.chunks_directory") != null
            || tree.at("ingester.wal.dir") != null;
    if (said || !(index instanceof Scalar scalar)) {
      return tree;
    }
    Path parent = Path.of(scalar.text()).getParent();
    return parent == null
        ? tree
        : tree.with("common.path_prefix", Scalar.plain(parent.toString(), scalar.origin()));
  }

  private void warnAboutStores(Mapping tree) {
    String store = newestObjectStore(tree);
    for (String path :
        List.of(
            "storage_config.boltdb_shipper.shared_store",
            "storage_config.tsdb_shipper.shared_store",
            "compactor.delete_request_store")) {
      String shared = tree.textAt(path);
      if (shared != null && store != null && !shared.isEmpty() && !shared.equals(store)) {
        warnings.add(
            "config key \"%s\" is %s, but the newest period of schema_config has object_store %s; "
                    .formatted(path, shared, store)
                + "ignored: there is one store");
      }
    }
  }

  private static @Nullable String newestObjectStore(Mapping tree) {
    if (!(tree.at("schema_config.configs") instanceof Sequence periods)) {
      return null;
    }
    String newestFrom = "";
    String store = null;
    for (ConfigValue period : periods.items()) {
      if (period instanceof Mapping mapping) {
        String from = String.valueOf(mapping.textAt("from"));
        if (from.compareTo(newestFrom) >= 0) {
          newestFrom = from;
          store = mapping.textAt("object_store");
        }
      }
    }
    return store;
  }

  private void warnAboutTables(Mapping tree) {
    if (tree.at("table_manager") == null) {
      return;
    }
    String enabled = tree.textAt("table_manager.retention_deletes_enabled");
    String period = tree.textAt("table_manager.retention_period");
    if (enabled == null || !enabled.equals("true") || period == null || isZero(period)) {
      warn("table_manager", "ignored");
      return;
    }
    warn(
        "table_manager",
        "treated as retention: everything older than "
            + period
            + " is deleted; use compactor.retention_enabled and limits_config.retention_period");
  }

  private static boolean isZero(String period) {
    try {
      return DurationText.parse(period).isZero();
    } catch (IllegalArgumentException _) {
      return false; // The binder says what is wrong with it.
    }
  }

  private void warnAboutTransfer(Mapping tree) {
    String retries = tree.textAt(TRANSFER);
    if (retries != null && !retries.equals("0")) {
      warnings.add(
          "config key \"%s\" is %s: there is no hand-over between servers"
              .formatted(TRANSFER, retries));
    } else if (retries != null) {
      ignored(TRANSFER);
    }
  }

  private void warnAboutOthers(String path, Mapping tree) {
    for (Map.Entry<String, Entry> entry : tree.entries().entrySet()) {
      String key = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
      if (key.equals("table_manager") || key.equals(TRANSFER)) {
        continue; // Said before.
      }
      if (isObsolete(key)) {
        ignored(key);
      } else {
        warnBelow(key, entry.getValue().value());
      }
    }
  }

  private void warnBelow(String path, ConfigValue value) {
    switch (value) {
      case Mapping mapping -> warnAboutOthers(path, mapping);
      case Sequence sequence -> {
        List<ConfigValue> items = new ArrayList<>(sequence.items());
        for (int i = 0; i < items.size(); i++) {
          warnBelow(path + "[" + i + "]", items.get(i));
        }
      }
      case Scalar _ -> {
        // A value of a key that is not obsolete.
      }
    }
  }

  private static boolean isObsolete(String path) {
    KeyCatalog.Known known = KeyCatalog.loki().find(path);
    return known != null && known.isObsolete();
  }

  private void ignored(String path) {
    warn(path, "ignored");
  }

  private void warn(String path, String fate) {
    String warning = "config key \"%s\" is obsolete and %s".formatted(path, fate);
    if (!warnings.contains(warning)) {
      warnings.add(warning);
    }
  }
}
