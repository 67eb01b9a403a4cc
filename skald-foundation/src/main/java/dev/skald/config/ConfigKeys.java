package dev.skald.config;

import dev.skald.config.RecordShape.Field;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The keys that a record describes, as a flat list in the order of its components. */
public final class ConfigKeys {
  /**
   * A key that has a value of its own.
   *
   * @param path keys joined with dots; an item of a list is {@code []}, a key of a map {@code <name>}
   * @param type what a user writes: {@code bool}, {@code int}, {@code duration}, …
   * @param defaultText YAML; empty if absent by default
   * @param isFilePath its absolute values move with a root directory
   */
  public record Description(
      String path, String type, String defaultText, String doc, boolean isFilePath) {}

  private ConfigKeys() {}

  /** All keys of a record, with those of its blocks, lists and maps. */
  public static List<Description> of(Class<? extends Record> shape) {
    List<Description> keys = new ArrayList<>();
    collect(shape, "", keys);
    return keys;
  }

  private static void collect(Class<? extends Record> shape, String prefix, List<Description> to) {
    for (Field field : RecordShape.fields(shape)) {
      if (field.isInline()) {
        collect(field.type().asSubclass(Record.class), prefix, to);
        continue;
      }
      String path = prefix + field.key();
      if (field.isBlock()) {
        collect(field.type().asSubclass(Record.class), path + ".", to);
        continue;
      }
      String text = field.defaultText();
      String type = typeName(field.genericType());
      to.add(
          new Description(path, type, text == null ? "" : text, field.doc(), field.isFilePath()));
      Class<? extends Record> item = field.itemShape();
      if (item != null) {
        collect(item, path + (field.type() == Map.class ? ".<name>." : "[]."), to);
      }
    }
  }

  private static String typeName(Type type) {
    if (type instanceof Class<?> c) {
      return className(c);
    }
    Type item = RecordShape.lastArgument(type);
    String items = item == null ? "values" : typeName(item);
    return type.getTypeName().startsWith(List.class.getName())
        ? "list of " + items
        : "map of " + items;
  }

  private static String className(Class<?> type) {
    if (type == boolean.class) {
      return "bool";
    } else if (type == int.class || type == long.class) {
      return "int";
    } else if (type == double.class) {
      return "float";
    } else if (type == Duration.class) {
      return "duration";
    } else if (type == ByteSize.class) {
      return "size";
    } else if (type == Instant.class) {
      return "time";
    } else if (type == LocalDate.class) {
      return "day";
    } else if (type.isEnum()) {
      return ScalarReader.names(type.getEnumConstants());
    } else if (type.isRecord()) {
      return "block";
    }
    return "string";
  }
}
