package dev.skald.config;

import dev.skald.config.ConfigValue.Entry;
import dev.skald.config.ConfigValue.Mapping;
import dev.skald.config.ConfigValue.Scalar;
import dev.skald.config.ConfigValue.Sequence;
import dev.skald.config.RecordShape.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of trees. A component is the key of its name in snake case; a key that is absent or null has its
 * {@link Default}; a component that is a record is a block. Types: boolean, int, long, double, String, Duration,
 * {@link ByteSize}, Instant, LocalDate, enums, records, lists and maps of these. A record's own checks (its compact
 * constructor) speak by IllegalArgumentException; a message that begins with {@code key: } points to that key.
 *
 * <p>All that is wrong is noted in the {@link Problems} given, with file and line; while there are problems the
 * returned record may hold defaults in place of bad values and is not to be used.
 */
public final class ConfigBinder {
  private final KnownKeys others;
  private final Problems problems;

  /**
   * @param others accepted beside the records' own keys; any further key is a problem
   * @param problems where to note what is wrong
   */
  public ConfigBinder(KnownKeys others, Problems problems) {
    this.others = others;
    this.problems = problems;
  }

  /** The record with defaults where the tree says nothing. */
  public <R extends Record> R bind(Class<R> shape, Mapping tree) {
    return bind(shape, tree, null, "");
  }

  /**
   * The record with {@code base}'s values where the tree says nothing.
   *
   * @param path what stands before the keys in messages and for {@link KnownKeys}; "" at the top
   */
  public <R extends Record> R bind(Class<R> shape, Mapping tree, @Nullable R base, String path) {
    checkKeys(shape, tree, path);
    return block(shape, tree, base, path);
  }

  /** The record of nothing but defaults. */
  public static <R extends Record> R defaults(Class<R> shape) {
    Problems problems = new Problems();
    Mapping nothing = Mapping.empty(Origin.of("defaults"));
    R record = new ConfigBinder(KnownKeys.NONE, problems).bind(shape, nothing);
    problems.throwIfAny();
    return record;
  }

  private void checkKeys(Class<? extends Record> shape, Mapping tree, String path) {
    List<String> keys = RecordShape.keys(shape);
    for (Map.Entry<String, Entry> entry : tree.entries().entrySet()) {
      String key = entry.getKey();
      String full = join(path, key);
      if (keys.contains(key) || others.accepts(full, entry.getValue().value(), problems)) {
        continue;
      }
      List<String> candidates = new ArrayList<>(keys);
      candidates.addAll(others.keysBelow(path));
      String nearest = NearestKey.of(key, candidates);
      String hint = nearest == null ? "" : "; did you mean " + nearest + "?";
      problems.add(entry.getValue().origin(), "unknown key " + full + hint);
    }
  }

  /** A block; in place of one that is not valid, what it would be without its keys. */
  private <R extends Record> R block(
      Class<R> shape, Mapping tree, @Nullable Object base, String path) {
    R below = base == null ? null : shape.cast(base);
    R record = record(shape, tree, below, path);
    if (record != null) {
      return record;
    }
    return below != null ? below : defaults(shape);
  }

  /** Null, and a problem noted, if the record refuses its values. */
  private <R extends Record> @Nullable R record(
      Class<R> shape, Mapping tree, @Nullable R base, String path) {
    List<Field> fields = RecordShape.fields(shape);
    @Nullable Object[] values = new @Nullable Object[fields.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = component(fields.get(i), tree, base, path);
    }
    try {
      return RecordShape.create(shape, values);
    } catch (IllegalArgumentException e) {
      refused(tree, path, String.valueOf(e.getMessage()));
      return null;
    }
  }

  /** A message that begins with one of the keys points to that key's line, else to the block's. */
  private void refused(Mapping tree, String path, String message) {
    int colon = message.indexOf(": ");
    ConfigValue value = colon < 0 ? null : tree.at(message.substring(0, colon));
    if (value != null) {
      problems.add(value.origin(), join(path, message));
    } else {
      problems.add(tree.origin(), path.isEmpty() ? message : path + ": " + message);
    }
  }

  private @Nullable Object component(
      Field field, Mapping tree, @Nullable Record base, String path) {
    Object below = base == null ? null : field.of(base);
    if (field.isInline()) {
      return block(field.type().asSubclass(Record.class), tree, below, path);
    }
    String full = join(path, field.key());
    ConfigValue value = tree.at(field.key());
    if (field.isBlock()) {
      Mapping inner = mapping(value, tree, full);
      Class<? extends Record> shape = field.type().asSubclass(Record.class);
      checkKeys(shape, inner, full);
      return block(shape, inner, below, full);
    }
    if (value == null) {
      return base == null ? defaultOf(field, full) : below;
    }
    int problemsBefore = problems.count();
    Object read = read(field.genericType(), value, full);
    if (problems.count() > problemsBefore) {
      return base == null ? defaultOf(field, full) : below;
    }
    checkRange(field, read, value, full);
    return read;
  }

  private Mapping mapping(@Nullable ConfigValue value, Mapping parent, String path) {
    if (value instanceof Mapping mapping) {
      return mapping;
    }
    if (value != null) {
      problems.mismatch(value, path, "a map of keys");
    }
    return Mapping.empty(parent.origin());
  }

  private @Nullable Object defaultOf(Field field, String path) {
    String text = field.defaultText();
    if (text == null) {
      if (field.type().isPrimitive()) {
        throw new IllegalStateException("no @Default: " + path);
      }
      return null;
    }
    Origin origin = Origin.of("default of " + path);
    boolean isPlain = !text.isEmpty() && "[{\"".indexOf(text.charAt(0)) < 0;
    ConfigValue value =
        isPlain
            ? Scalar.plain(text, origin)
            : YamlReader.read(origin.source(), "value: " + text).at("value");
    return read(field.genericType(), value == null ? Scalar.plain("", origin) : value, path);
  }

  private @Nullable Object read(Type type, ConfigValue value, String path) {
    Class<?> raw = type instanceof Class<?> c ? c : rawType(type);
    if (raw == List.class) {
      return list(type, value, path);
    }
    if (raw == Map.class) {
      return map(type, value, path);
    }
    if (ScalarReader.reads(raw)) {
      if (!(value instanceof Scalar scalar)) {
        problems.mismatch(value, path, "a single value");
        return null;
      }
      try {
        return ScalarReader.read(raw, scalar);
      } catch (IllegalArgumentException e) {
        problems.mismatch(value, path, String.valueOf(e.getMessage()));
        return null;
      }
    }
    Class<? extends Record> shape = raw.asSubclass(Record.class);
    Mapping item = mapping(value, Mapping.empty(value.origin()), path);
    checkKeys(shape, item, path);
    return record(shape, item, null, path);
  }

  /** A list; one text is read as items between commas, as flags write them. */
  private List<Object> list(Type type, ConfigValue value, String path) {
    List<ConfigValue> items =
        switch (value) {
          case Sequence sequence -> sequence.items();
          case Scalar scalar when itemType(type) == String.class -> commaSeparated(scalar);
          case Scalar _, Mapping _ -> {
            problems.mismatch(value, path, "a list");
            yield List.of();
          }
        };
    List<Object> read = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Object item = read(itemType(type), items.get(i), path + "[" + i + "]");
      if (item != null) {
        read.add(item);
      }
    }
    return List.copyOf(read);
  }

  private static List<ConfigValue> commaSeparated(Scalar scalar) {
    return Arrays.stream(scalar.text().split(","))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .<ConfigValue>map(text -> Scalar.plain(text, scalar.origin()))
        .toList();
  }

  private Map<String, Object> map(Type type, ConfigValue value, String path) {
    Map<String, Object> read = new LinkedHashMap<>();
    if (!(value instanceof Mapping mapping)) {
      problems.mismatch(value, path, "a map");
      return read;
    }
    mapping
        .entries()
        .forEach(
            (key, entry) -> {
              Object item = read(itemType(type), entry.value(), join(path, key));
              if (item != null) {
                read.put(key, item);
              }
            });
    return Collections.unmodifiableMap(read);
  }

  private void checkRange(Field field, @Nullable Object read, ConfigValue value, String path) {
    boolean inside =
        switch (read) {
          case Integer number -> number >= field.min() && number <= field.max();
          case Long number -> number >= field.min() && number <= field.max();
          case Double number -> number >= field.min() && number <= field.max();
          case Duration duration -> isInside(duration.toNanos(), field);
          case ByteSize size -> isInside(size.bytes(), field);
          case null, default -> true;
        };
    if (!inside) {
      boolean isDuration = field.type() == Duration.class;
      String expected = "at least " + bound(field.min(), isDuration);
      if (field.max() != Long.MAX_VALUE) {
        expected += " and at most " + bound(field.max(), isDuration);
      }
      problems.mismatch(value, path, expected);
    }
  }

  private static boolean isInside(long number, Field field) {
    return number >= field.min() && number <= field.max();
  }

  private static String bound(long bound, boolean isDuration) {
    return isDuration ? DurationText.format(Duration.ofNanos(bound)) : Long.toString(bound);
  }

  private static Class<?> rawType(Type type) {
    return (Class<?>) ((ParameterizedType) type).getRawType();
  }

  private static Type itemType(Type type) {
    Type item = RecordShape.lastArgument(type);
    if (item == null) {
      throw new IllegalStateException("no item type: " + type);
    }
    return item;
  }

  private static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
