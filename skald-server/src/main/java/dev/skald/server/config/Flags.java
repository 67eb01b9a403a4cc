package dev.skald.server.config;

import dev.skald.config.ConfigKeys;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which flags there are, and which key each sets. */
final class Flags {
  /** How a flag is written. */
  enum Kind {
    BOOLEAN,
    VALUE,
    UNKNOWN
  }

  private record Own(String name, Kind kind, String meaning) {}

  private static final List<Own> OWN =
      List.of(
          new Own(
              "config.file",
              Kind.VALUE,
              "Configuration file; several, or a list with commas: a later one lies over the"
                  + " earlier ones. Default: config.yaml or config/config.yaml, if there is one."),
          new Own("config.expand-env", Kind.BOOLEAN, "Put environment variables into the files."),
          new Own("verify-config", Kind.BOOLEAN, "Check the configuration and exit."),
          new Own("print-config-stderr", Kind.BOOLEAN, "Print the effective configuration."),
          new Own("log-config-reverse-order", Kind.BOOLEAN, "Log the effective configuration."),
          new Own(
              "root-directory",
              Kind.VALUE,
              "Put all absolute paths of the configuration files below this folder."),
          new Own("list-targets", Kind.BOOLEAN, "List the modules and exit."),
          new Own("version", Kind.BOOLEAN, "Print the version and exit."),
          new Own("health", Kind.BOOLEAN, "Ask a server whether it is ready, and exit."),
          new Own("health.url", Kind.VALUE, "What -health asks."),
          new Own("help", Kind.BOOLEAN, "Print this and exit."),
          new Own("h", Kind.BOOLEAN, "Print this and exit."));

  /** Flags of earlier releases that do nothing; what ends with a dot is the beginning of many. */
  private static final List<String> OBSOLETE =
      List.of(
          "boltdb.",
          "table-manager.",
          "experimental.ruler.enable-api",
          "ruler.wal-cleaer.period",
          "store.max-look-back-period");

  private static final String OBSOLETE_SWITCH = "legacy-read-mode";
  private static final Map<String, ConfigKeys.Description> KEYS = keys();
  private static final Map<String, String> PATHS = paths();
  private static final List<String> ENDINGS = KeyCatalog.loki().reusableFlagEndings();

  private Flags() {}

  static Kind kind(String name) {
    for (Own own : OWN) {
      if (own.name.equals(name)) {
        return own.kind;
      }
    }
    String path = PATHS.get(name);
    if (path != null) {
      return type(path).equals("bool") ? Kind.BOOLEAN : Kind.VALUE;
    }
    if (name.equals(OBSOLETE_SWITCH)) {
      return Kind.BOOLEAN;
    }
    return isObsolete(name) || isOfReusableBlock(name) ? Kind.VALUE : Kind.UNKNOWN;
  }

  /** The key that a flag sets, or null if it sets nothing. */
  static @Nullable String pathOf(String name) {
    return PATHS.get(name);
  }

  /** The flag of a key, without dashes, or "". */
  static String ofPath(String path) {
    for (Map.Entry<String, String> flag : PATHS.entrySet()) {
      if (flag.getValue().equals(path)) {
        return flag.getKey();
      }
    }
    return "";
  }

  /** Whether a flag given again adds to the list instead of replacing it. */
  static boolean isList(String path) {
    return type(path).startsWith("list");
  }

  /** Whether an earlier release had this flag, and it does nothing now. */
  static boolean isObsolete(String name) {
    return name.equals(OBSOLETE_SWITCH)
        || OBSOLETE.stream()
            .anyMatch(old -> old.endsWith(".") ? name.startsWith(old) : name.equals(old));
  }

  /** Flags that set no key, and what they do. */
  static Map<String, String> own() {
    Map<String, String> own = new LinkedHashMap<>();
    OWN.forEach(flag -> own.put(flag.name, flag.meaning));
    return own;
  }

  static String usage() {
    StringBuilder out = new StringBuilder("Usage of skald-server:\n");
    for (Own own : OWN) {
      out.append("  -").append(own.name).append("\n    \t").append(own.meaning).append('\n');
    }
    PATHS.forEach(
        (flag, path) -> {
          ConfigKeys.Description key = KEYS.get(path);
          if (key != null) {
            out.append("  -").append(flag).append(' ').append(key.type()).append("\n    \t");
            out.append(key.doc()).append(" (default ").append(key.defaultText()).append(")\n");
          }
        });
    return out.append("Every other flag of Loki is accepted and does nothing.\n").toString();
  }

  private static boolean isOfReusableBlock(String name) {
    return ENDINGS.stream().anyMatch(ending -> name.equals(ending) || name.endsWith("." + ending));
  }

  private static String type(String path) {
    ConfigKeys.Description key = KEYS.get(path);
    if (key != null) {
      return key.type();
    }
    KeyCatalog.Known known = KeyCatalog.loki().find(path);
    return known == null ? "" : known.type();
  }

  private static Map<String, ConfigKeys.Description> keys() {
    Map<String, ConfigKeys.Description> keys = new LinkedHashMap<>();
    ConfigKeys.of(SkaldConfig.class).forEach(key -> keys.put(key.path(), key));
    return keys;
  }

  /** Loki's flags, then one for each key of ours that Loki does not have: its path with dashes. */
  private static Map<String, String> paths() {
    Map<String, String> paths = new LinkedHashMap<>();
    KeyCatalog.loki()
        .withFullPaths()
        .forEach(
            (path, known) -> {
              if (!known.flag().isEmpty() && !known.flag().startsWith("<")) {
                paths.putIfAbsent(known.flag(), path);
              }
            });
    paths.put("local.chunk-directory", "storage_config.filesystem.directory");
    Set<String> named = new HashSet<>(paths.values());
    for (String path : KEYS.keySet()) {
      boolean inItems = path.contains("[]") || path.contains("<");
      if (!inItems && !named.contains(path)) {
        paths.putIfAbsent(path.replace('_', '-'), path);
      }
    }
    return paths;
  }
}
