package dev.skald.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** A node of a configuration tree, before anyone says what type it has; immutable. */
public sealed interface ConfigValue {
  Origin origin();

  /** Text that was not split further; {@code quoted} tells {@code "null"} from {@code null}. */
  record Scalar(String text, Quoting quoting, Origin origin) implements ConfigValue {
    /** A value as if written without quotes. */
    public static Scalar plain(String text, Origin origin) {
      return new Scalar(text, Quoting.PLAIN, origin);
    }

    /** Nothing, {@code ~} or {@code null}: as if the key were not there. */
    public boolean isNull() {
      return quoting == Quoting.PLAIN
          && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
    }
  }

  /** How a scalar was written. */
  enum Quoting {
    PLAIN,
    QUOTED
  }

  /** Items in order. */
  record Sequence(List<ConfigValue> items, Origin origin) implements ConfigValue {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /** A key with its own line, as a block's value begins on a later one. */
  record Entry(Origin origin, ConfigValue value) {}

  /** Keys in the order of the file; each once. */
  record Mapping(SequencedMap<String, Entry> entries, Origin origin) implements ConfigValue {
    public Mapping {
      entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
    }

    /** A map without keys. */
    public static Mapping empty(Origin origin) {
      return new Mapping(new LinkedHashMap<>(), origin);
    }

    /**
     * What stands at a path of keys joined with dots.
     *
     * @return null if a key of the path is absent, null-valued, or no map
     */
    public @Nullable ConfigValue at(String path) {
      int dot = path.indexOf('.');
      Entry entry = entries.get(dot < 0 ? path : path.substring(0, dot));
      if (entry == null || (entry.value() instanceof Scalar scalar && scalar.isNull())) {
        return null;
      }
      if (dot < 0) {
        return entry.value();
      }
      return entry.value() instanceof Mapping inner ? inner.at(path.substring(dot + 1)) : null;
    }

    /** The text at a path, or null if there is no scalar. */
    public @Nullable String textAt(String path) {
      return at(path) instanceof Scalar scalar ? scalar.text() : null;
    }

    /** This tree with one value set; maps on the way are made, and what is no map there is replaced. */
    public Mapping with(String path, ConfigValue value) {
      LinkedHashMap<String, Entry> changed = new LinkedHashMap<>(entries);
      int dot = path.indexOf('.');
      if (dot < 0) {
        changed.put(path, new Entry(value.origin(), value));
      } else {
        String key = path.substring(0, dot);
        Entry old = changed.get(key);
        Mapping inner =
            old != null && old.value() instanceof Mapping mapping ? mapping : empty(value.origin());
        Origin origin = old == null ? value.origin() : old.origin();
        changed.put(key, new Entry(origin, inner.with(path.substring(dot + 1), value)));
      }
      return new Mapping(changed, origin);
    }

    /** This tree without the value at a path; a map that becomes empty stays. */
    public Mapping without(String path) {
      int dot = path.indexOf('.');
      String key = dot < 0 ? path : path.substring(0, dot);
      Entry old = entries.get(key);
      if (old == null) {
        return this;
      }
      LinkedHashMap<String, Entry> changed = new LinkedHashMap<>(entries);
      if (dot < 0) {
        changed.remove(key);
      } else if (old.value() instanceof Mapping inner) {
        changed.put(key, new Entry(old.origin(), inner.without(path.substring(dot + 1))));
      }
      return new Mapping(changed, origin);
    }

    /** This tree with {@code later} over it: maps merge key by key, everything else is replaced. */
    public Mapping overlay(Mapping later) {
      LinkedHashMap<String, Entry> merged = new LinkedHashMap<>(entries);
      later.entries.forEach(
          (key, entry) -> {
            Entry old = merged.get(key);
            if (old != null
                && old.value() instanceof Mapping below
                && entry.value() instanceof Mapping above) {
              merged.put(key, new Entry(entry.origin(), below.overlay(above)));
            } else if (old == null || !(entry.value() instanceof Scalar s && s.isNull())) {
              merged.put(key, entry);
            }
          });
      return new Mapping(merged, origin);
    }
  }
}
