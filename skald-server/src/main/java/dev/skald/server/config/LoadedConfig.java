package dev.skald.server.config;

import java.util.List;

/**
 * What {@link ConfigLoader} read.
 *
 * @param warnings for the log, one line each: keys that are obsolete, or mean something else than they seem to
 */
public record LoadedConfig(SkaldConfig config, List<String> warnings) {
  public LoadedConfig {
    warnings = List.copyOf(warnings);
  }
}
