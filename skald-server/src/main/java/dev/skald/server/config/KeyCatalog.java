package dev.skald.server.config;

import dev.skald.config.ConfigValue;
import dev.skald.config.ConfigValue.Mapping;
import dev.skald.config.ConfigValue.Scalar;
import dev.skald.config.ConfigValue.Sequence;
import dev.skald.config.KnownKeys;
import dev.skald.config.NearestKey;
import dev.skald.config.Origin;
import dev.skald.config.Problems;
import dev.skald.config.ScalarTypes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every key that a Loki server configuration may hold, from {@code known-keys.txt} (its head says how it is
 * written). Immutable.
 */
final class KeyCatalog implements KnownKeys {
  /**
   * A key of a section.
   *
   * @param type as in the file
   * @param defaultText "" if none
   * @param flag without dashes; "" if none
   */
  record Known(String type, String defaultText, String flag) {
    boolean isObsolete() {
      return type.equals("old");
    }
  }

  /** A place in the tree: a section, and a path of keys within it. */
  private record Place(String section, String path) {
    Place below(String key) {
      return new Place(section, path.isEmpty() ? key : path + "." + key);
    }
  }

  private static final String TOP = "top";
  private static final KeyCatalog LOKI = read();

  private final Map<String, Map<String, Known>> sections;

  private KeyCatalog(Map<String, Map<String, Known>> sections) {
    this.sections = sections;
  }

  static KeyCatalog loki() {
    return LOKI;
  }

  /** The key at a full path, such as {@code server.log_level} or {@code schema_config.configs[0].from}. */
  @Nullable Known find(String path) {
    Place place = place(path);
    return place == null ? null : known(place);
  }

  @Override
  public boolean accepts(String path, ConfigValue value, Problems problems) {
    Place place = place(path);
    if (place == null) {
      return false;
    }
    check(place, path, value, problems);
    return true;
  }

  @Override
  public List<String> keysBelow(String path) {
    Place place = path.isEmpty() ? new Place(TOP, "") : place(path);
    return place == null ? List.of() : children(inside(place));
  }

  /** All keys of the sections that the top level names, with their full paths; reusable blocks are left out. */
  Map<String, Known> withFullPaths() {
    Map<String, Known> keys = new LinkedHashMap<>();
    section(TOP)
        .forEach(
            (path, known) -> {
              keys.put(path, known);
              if (known.type().equals("@" + path)) {
                section(path).forEach((key, inner) -> keys.put(path + "." + key, inner));
              }
            });
    return keys;
  }

  /** What flags of reusable blocks end with, after the name of the block's parent. */
  List<String> reusableFlagEndings() {
    List<String> endings = new ArrayList<>();
    for (Map<String, Known> section : sections.values()) {
      for (Known known : section.values()) {
        if (known.flag().startsWith("<prefix>.")) {
          endings.add(known.flag().substring("<prefix>.".length()));
        }
      }
    }
    return endings;
  }

  private @Nullable Place place(String path) {
    Place place = new Place(TOP, "");
    for (String part : path.split("\\.", -1)) {
      int bracket = part.indexOf('[');
      String key = bracket < 0 ? part : part.substring(0, bracket);
      if (isOpen(place)) {
        return place;
      }
      Known known = known(place);
      if (known != null && known.type().startsWith("map@")) {
        place = new Place(known.type().substring("map@".length()), "");
      } else {
        Place below = inside(place).below(key);
        if (known(below) == null) {
          return null;
        }
        place = below;
      }
      if (bracket >= 0) {
        place = item(place);
      }
    }
    return place;
  }

  /** An item of a list; what is in a list without a section of its own is not looked into. */
  private Place item(Place list) {
    Known known = known(list);
    boolean typed = known != null && known.type().startsWith("list@");
    return typed && known != null ? new Place(known.type().substring("list@".length()), "") : list;
  }

  private Place inside(Place place) {
    Known known = known(place);
    return known != null && known.type().startsWith("@")
        ? new Place(known.type().substring(1), "")
        : place;
  }

  /** Whether anything may stand below: a map whose keys are the user's own, or an obsolete block. */
  private boolean isOpen(Place place) {
    Known known = known(place);
    if (known == null) {
      return false;
    }
    return switch (known.type()) {
      case "any", "old" -> true;
      case "map" -> children(place).isEmpty();
      default -> false;
    };
  }

  private void check(Place place, String path, ConfigValue value, Problems problems) {
    if ((value instanceof Scalar scalar && scalar.isNull()) || isOpen(place)) {
      return;
    }
    Known known = known(place);
    String type = known == null ? "map" : known.type();
    if (type.equals("map") || type.startsWith("@")) {
      checkBlock(inside(place), path, value, problems);
    } else if (type.startsWith("map@")) {
      checkItems(new Place(type.substring("map@".length()), ""), path, value, problems);
    } else if (type.startsWith("list@")) {
      Place item = new Place(type.substring("list@".length()), "");
      if (value instanceof Sequence sequence) {
        sequence.items().forEach(each -> checkBlock(item, path + "[]", each, problems));
      } else {
        problems.mismatch(value, path, "a list");
      }
    } else if (!(type.equals("list") && value instanceof Sequence)) {
      ScalarTypes.check(type, value, path, problems);
    }
  }

  private void checkItems(Place item, String path, ConfigValue value, Problems problems) {
    if (value instanceof Mapping mapping) {
      mapping
          .entries()
          .forEach((name, entry) -> checkBlock(item, path + "." + name, entry.value(), problems));
    } else {
      problems.mismatch(value, path, "a map");
    }
  }

  private void checkBlock(Place place, String path, ConfigValue value, Problems problems) {
    if (!(value instanceof Mapping mapping)) {
      if (!(value instanceof Scalar scalar && scalar.isNull())) {
        problems.mismatch(value, path, "a map of keys");
      }
      return;
    }
    mapping
        .entries()
        .forEach(
            (key, entry) -> {
              Place below = place.below(key);
              String full = path + "." + key;
              if (known(below) == null) {
                unknown(entry.origin(), full, key, children(place), problems);
              } else {
                check(below, full, entry.value(), problems);
              }
            });
  }

  private static void unknown(
      Origin origin, String full, String key, List<String> near, Problems problems) {
    String nearest = NearestKey.of(key, near);
    String hint = nearest == null ? "" : "; did you mean " + nearest + "?";
    problems.add(origin, "unknown key " + full + hint);
  }

  private List<String> children(Place place) {
    String prefix = place.path().isEmpty() ? "" : place.path() + ".";
    List<String> children = new ArrayList<>();
    for (String path : section(place.section()).keySet()) {
      if (path.startsWith(prefix) && path.indexOf('.', prefix.length()) < 0) {
        children.add(path.substring(prefix.length()));
      }
    }
    return children;
  }

  private @Nullable Known known(Place place) {
    return section(place.section()).get(place.path());
  }

  private Map<String, Known> section(String name) {
    return sections.getOrDefault(name, Map.of());
  }

  private static KeyCatalog read() {
    Map<String, Map<String, Known>> sections = new LinkedHashMap<>();
    Map<String, Known> section = new LinkedHashMap<>();
    try (InputStream in = KeyCatalog.class.getResourceAsStream("known-keys.txt")) {
      if (in == null) {
        throw new IllegalStateException("resource missing: known-keys.txt");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("[")) {
          section = new LinkedHashMap<>();
          sections.put(line.substring(1, line.length() - 1), section);
        } else if (!line.startsWith("#")) {
          String[] parts = line.split("\t", -1);
          section.put(parts[0], new Known(parts[1], part(parts, 2), part(parts, 3)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new KeyCatalog(sections);
  }

  private static String part(String[] parts, int index) {
    return index < parts.length ? parts[index] : "";
  }
}
