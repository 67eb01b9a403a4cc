package dev.skald.server.config;

import dev.skald.config.ConfigBinder;
import dev.skald.config.ConfigValue.Mapping;
import dev.skald.config.ConfigYaml;

/** The effective configuration as YAML, secrets masked: for {@code -print-config-stderr} and {@code GET /config}. */
public final class ConfigPrinter {
  private ConfigPrinter() {}

  /** Every key with its value; reads back as the same configuration, but for secrets. */
  public static String effective(SkaldConfig config) {
    return ConfigYaml.print(ConfigYaml.tree(config));
  }

  /** Only what differs from the defaults ({@code ?mode=diff}); <code>{}</code> if nothing does. */
  public static String difference(SkaldConfig config) {
    Mapping difference = ConfigYaml.difference(ConfigYaml.tree(config), defaultTree());
    return difference.entries().isEmpty() ? "{}\n" : ConfigYaml.print(difference);
  }

  /** Every key with its default ({@code ?mode=defaults}). */
  public static String defaults() {
    return ConfigYaml.print(defaultTree());
  }

  /** A tenant's limits, for {@code GET /config/tenant/v1/limits}. */
  public static String limits(LimitsConfig limits) {
    return ConfigYaml.print(ConfigYaml.tree(limits));
  }

  private static Mapping defaultTree() {
    return ConfigYaml.tree(ConfigBinder.defaults(SkaldConfig.class));
  }
}
