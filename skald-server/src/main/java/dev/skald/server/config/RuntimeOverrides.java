package dev.skald.server.config;

import dev.skald.config.ConfigBinder;
import dev.skald.config.ConfigValue;
import dev.skald.config.ConfigValue.Entry;
import dev.skald.config.ConfigValue.Mapping;
import dev.skald.config.ConfigValue.Scalar;
import dev.skald.config.KnownKeys;
import dev.skald.config.NearestKey;
import dev.skald.config.Origin;
import dev.skald.config.Problems;
import dev.skald.config.YamlReader;
import dev.skald.error.SkaldException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Limits per tenant, from the files of {@code runtime_config.file}. A tenant's block starts from {@code limits_config}
 * and replaces single keys; its lists and maps replace whole.
 *
 * @param defaults of every tenant that has no block
 * @param tenants by tenant id
 * @param warnings for the log
 */
public record RuntimeOverrides(
    LimitsConfig defaults, Map<String, LimitsConfig> tenants, List<String> warnings) {
  private static final String OVERRIDES = "overrides";
  private static final List<String> KEYS = List.of(OVERRIDES, "configs", "multi_kv_config");

  public RuntimeOverrides {
    tenants = Collections.unmodifiableMap(new LinkedHashMap<>(tenants));
    warnings = List.copyOf(warnings);
  }

  /** The limits of a tenant. */
  public LimitsConfig limits(String tenant) {
    return tenants.getOrDefault(tenant, defaults);
  }

  /**
   * Reads the files that a configuration names; none is no overrides.
   *
   * @throws SkaldException of kind BAD_REQUEST that lists all that is wrong; UNSUPPORTED for a URL
   */
  public static RuntimeOverrides load(SkaldConfig config) {
    return load(RuntimeFiles.read(config), config.limitsConfig());
  }

  /** The same for given files; a later file's keys lie over those of an earlier one. */
  public static RuntimeOverrides load(List<Path> files, LimitsConfig defaults) {
    return load(RuntimeFiles.read(files.stream().map(Path::toString).toList()), defaults);
  }

  /** The same for files that were read. */
  public static RuntimeOverrides load(RuntimeFiles files, LimitsConfig defaults) {
    Mapping merged = Mapping.empty(Origin.of("no runtime file"));
    for (RuntimeFiles.Text file : files.files()) {
      merged = merged.overlay(YamlReader.read(file.file(), file.text()));
    }
    return of(merged, defaults);
  }

  private static RuntimeOverrides of(Mapping tree, LimitsConfig defaults) {
    Problems problems = new Problems();
    for (Map.Entry<String, Entry> entry : tree.entries().entrySet()) {
      if (!KEYS.contains(entry.getKey())) {
        String nearest = NearestKey.of(entry.getKey(), KEYS);
        String hint = nearest == null ? "" : "; did you mean " + nearest + "?";
        problems.add(entry.getValue().origin(), "unknown key " + entry.getKey() + hint);
      }
    }
    checkOperational(tree, problems);
    List<String> warnings = new ArrayList<>();
    Map<String, LimitsConfig> tenants = new LinkedHashMap<>();
    ConfigValue overrides = tree.at(OVERRIDES);
    if (overrides instanceof Mapping blocks) {
      blocks
          .entries()
          .forEach(
              (tenant, entry) -> {
                Mapping block = block(OVERRIDES + "." + tenant, entry.value(), problems);
                tenants.put(tenant, limits(tenant, block, defaults, problems, warnings));
              });
    } else if (overrides != null) {
      problems.mismatch(overrides, OVERRIDES, "a map of tenants");
    }
    problems.throwIfAny();
    return new RuntimeOverrides(defaults, tenants, warnings);
  }

  private static LimitsConfig limits(
      String tenant,
      Mapping block,
      LimitsConfig defaults,
      Problems problems,
      List<String> warnings) {
    Mapping mapped = new ObsoleteKeys(warnings).mappedOverrides(tenant, block);
    String path = OVERRIDES + "." + tenant;
    return new ConfigBinder(new LimitKeys(path), problems)
        .bind(LimitsConfig.class, mapped, defaults, path);
  }

  private static void checkOperational(Mapping tree, Problems problems) {
    ConfigValue configs = tree.at("configs");
    if (configs instanceof Mapping tenants) {
      tenants
          .entries()
          .forEach(
              (tenant, entry) ->
                  KeyCatalog.loki().accepts("operational_config", entry.value(), problems));
    } else if (configs != null) {
      problems.mismatch(configs, "configs", "a map of tenants");
    }
  }

  private static Mapping block(String path, ConfigValue value, Problems problems) {
    if (value instanceof Mapping mapping) {
      return mapping;
    }
    if (!(value instanceof Scalar scalar && scalar.isNull())) {
      problems.mismatch(value, path, "a map of limits");
    }
    return Mapping.empty(value.origin());
  }

  /** The keys of {@code limits_config} that no record has, below another path. */
  private record LimitKeys(String path) implements KnownKeys {
    @Override
    public boolean accepts(String key, ConfigValue value, Problems problems) {
      return KeyCatalog.loki().accepts(original(key), value, problems);
    }

    @Override
    public List<String> keysBelow(String key) {
      return KeyCatalog.loki().keysBelow(original(key));
    }

    private String original(String key) {
      return "limits_config" + key.substring(path.length());
    }
  }
}
