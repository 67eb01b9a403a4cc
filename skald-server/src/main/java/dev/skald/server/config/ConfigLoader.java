package dev.skald.server.config;

import dev.skald.config.ConfigBinder;
import dev.skald.config.ConfigKeys;
import dev.skald.config.ConfigValue;
import dev.skald.config.ConfigValue.Entry;
import dev.skald.config.ConfigValue.Mapping;
import dev.skald.config.ConfigValue.Scalar;
import dev.skald.config.ConfigValue.Sequence;
import dev.skald.config.EnvironmentExpansion;
import dev.skald.config.Origin;
import dev.skald.config.Problems;
import dev.skald.config.YamlReader;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes the configuration: defaults, then files (a later one over an earlier), then flags. Without any file it is a
 * server for one person on one machine: no tenants, on the loopback address.
 */
public final class ConfigLoader {
  /** Where Loki looks when no file is named; the first that exists is taken. */
  private static final List<String> CANDIDATES = List.of("config.yaml", "config/config.yaml");

  private static final Set<String> BACKENDS =
      Set.of("s3", "gcs", "azure", "alibabacloud", "bos", "swift", "cos", "filesystem");

  private static final Set<String> UNBUILT_STORES =
      Set.of("gcs", "azure", "alibabacloud", "bos", "swift", "cos");

  private final Function<String, @Nullable String> environment;
  private final Path workingDirectory;

  ConfigLoader(Function<String, @Nullable String> environment, Path workingDirectory) {
    this.environment = environment;
    this.workingDirectory = workingDirectory;
  }

  /**
   * Reads the files that a command line names, and lies its flags over them.
   *
   * @throws SkaldException of kind BAD_REQUEST that lists all that is wrong, one line each, with file and line; the
   *     process then ends with exit code 1
   */
  public static LoadedConfig load(CommandLine line) {
    return new ConfigLoader(System::getenv, Path.of("")).read(line);
  }

  LoadedConfig read(CommandLine line) {
    List<String> warnings = new ArrayList<>(line.warnings());
    Mapping files = files(line);
    Mapping tree = new ObsoleteKeys(warnings).mapped(files.overlay(line.settings()));
    if (!line.rootDirectory().isEmpty()) {
      tree = belowRoot(tree, Path.of(line.rootDirectory()));
    }
    Problems problems = new Problems();
    checkBackends(tree, problems);
    SkaldConfig config =
        new ConfigBinder(KeyCatalog.loki(), problems).bind(SkaldConfig.class, tree);
    problems.throwIfAny();
    config.bucket(); // what is wrong with it is said now
    config.rulePlace(); // the same
    warnAboutObjectStore(config, warnings);
    warnAboutRules(config, warnings);
    return new LoadedConfig(config, warnings);
  }

  private Mapping files(CommandLine line) {
    List<Path> files = existing(line);
    if (files.isEmpty()) {
      return zeroConfiguration();
    }
    Mapping merged = Mapping.empty(Origin.of(files.getFirst().toString()));
    for (Path file : files) {
      merged = merged.overlay(tree(file, line.expandEnv()));
    }
    return merged;
  }

  private List<Path> existing(CommandLine line) {
    if (line.noConfigFile()) {
      return List.of();
    }
    boolean named = !line.configFiles().isEmpty();
    List<Path> existing = new ArrayList<>();
    for (String name : named ? line.configFiles() : CANDIDATES) {
      if (Files.exists(workingDirectory.resolve(name))) {
        existing.add(Path.of(name));
      }
    }
    if (named && existing.isEmpty()) {
      throw SkaldException.of(
          ErrorKind.BAD_REQUEST,
          "failed parsing config: %s does not exist, set config.file for custom config path"
              .formatted(String.join(",", line.configFiles())));
    }
    return named || existing.isEmpty() ? existing : existing.subList(0, 1);
  }

  private Mapping tree(Path file, boolean expandEnv) {
    String text;
    try {
      text = Files.readString(workingDirectory.resolve(file));
    } catch (IOException e) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, file + ": cannot be read: " + e, e);
    }
    if (expandEnv) {
      text = new EnvironmentExpansion(environment).expand(file.toString(), text);
    }
    return YamlReader.read(file.toString(), text);
  }

  private static Mapping zeroConfiguration() {
    Origin origin = Origin.of("zero configuration");
    return Mapping.empty(origin)
        .with("auth_enabled", Scalar.plain("false", origin))
        .with("server.http_listen_address", Scalar.plain("127.0.0.1", origin))
        .with("server.grpc_listen_address", Scalar.plain("127.0.0.1", origin))
        // One person on one machine: the disk is the limit, not a rate meant to keep tenants apart.
        .with("limits_config.ingestion_rate_mb", Scalar.plain("1024", origin))
        .with("limits_config.ingestion_burst_size_mb", Scalar.plain("1024", origin))
        .with("limits_config.max_global_streams_per_user", Scalar.plain("0", origin));
  }

  private static Mapping belowRoot(Mapping tree, Path root) {
    Mapping moved = tree;
    for (ConfigKeys.Description key : ConfigKeys.of(SkaldConfig.class)) {
      ConfigValue value = key.isFilePath() ? tree.at(key.path()) : null;
      if (value != null && value.origin().isFile()) {
        moved = moved.with(key.path(), belowRoot(value, root));
      }
    }
    return moved;
  }

  private static ConfigValue belowRoot(ConfigValue value, Path root) {
    return switch (value) {
      case Scalar scalar -> {
        List<String> paths = new ArrayList<>();
        for (String path : scalar.text().split(",", -1)) {
          paths.add(path.startsWith("/") ? root + path : path);
        }
        yield Scalar.plain(String.join(",", paths), scalar.origin());
      }
      case Sequence sequence ->
          new Sequence(
              sequence.items().stream().map(item -> belowRoot(item, root)).toList(),
              sequence.origin());
      case Mapping mapping -> mapping;
    };
  }

  private static void checkBackends(Mapping tree, Problems problems) {
    if (!(tree.at("common.storage") instanceof Mapping storage)) {
      return;
    }
    Set<String> given = new TreeSet<>();
    for (Map.Entry<String, Entry> entry : storage.entries().entrySet()) {
      if (BACKENDS.contains(entry.getKey()) && storage.at(entry.getKey()) != null) {
        given.add(entry.getKey());
      }
    }
    if (given.size() > 1) {
      problems.add(
          storage.origin(),
          "too many storage configs provided in the common config, please only define one storage"
              + " backend: "
              + String.join(", ", given));
    }
  }

  private static void warnAboutRules(SkaldConfig config, List<String> warnings) {
    String kind = RulePlace.kind(config);
    if (RulePlace.BUCKETS.contains(kind)) {
      warnings.add(
          "rules are not kept in object stores yet: those of %s are in the folder %s"
              .formatted(kind, config.dataDirectory().resolve("rules")));
    }
  }

  private static void warnAboutObjectStore(SkaldConfig config, List<String> warnings) {
    String store = config.schemaConfig().newestObjectStore();
    if (UNBUILT_STORES.contains(store)) {
      warnings.add(
          "object store %s is not built yet: all data is kept in the folder %s"
              .formatted(store, config.dataDirectory()));
    }
  }
}
