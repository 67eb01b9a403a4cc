package dev.skald.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A record class seen as a block of keys. The class and its canonical constructor must be public. */
final class RecordShape {
  /** A component as a key. */
  record Field(RecordComponent component, String key) {
    Class<?> type() {
      return component.getType();
    }

    Type genericType() {
      return component.getGenericType();
    }

    boolean isBlock() {
      return component.getType().isRecord() && component.getType() != ByteSize.class;
    }

    boolean isInline() {
      return component.isAnnotationPresent(Inline.class);
    }

    boolean isSecret() {
      return component.isAnnotationPresent(Secret.class);
    }

    boolean isFilePath() {
      return component.isAnnotationPresent(FilePath.class);
    }

    long min() {
      Range range = component.getAnnotation(Range.class);
      return range == null ? 0 : range.min();
    }

    long max() {
      Range range = component.getAnnotation(Range.class);
      return range == null ? Long.MAX_VALUE : range.max();
    }

    @Nullable String defaultText() {
      Default text = component.getAnnotation(Default.class);
      return text == null ? null : text.value();
    }

    String doc() {
      Doc doc = component.getAnnotation(Doc.class);
      return doc == null ? "" : doc.value();
    }

    /** The record class of a list's or map's items, or null. */
    @Nullable Class<? extends Record> itemShape() {
      Type item = lastArgument(genericType());
      return item instanceof Class<?> type && type.isRecord() && type != ByteSize.class
          ? type.asSubclass(Record.class)
          : null;
    }

    @Nullable Object of(Record record) {
      try {
        return component.getAccessor().invoke(record);
      } catch (IllegalAccessException e) {
        throw new IllegalStateException("not a public record: " + record.getClass(), e);
      } catch (InvocationTargetException e) {
        throw new IllegalStateException("accessor failed: " + component, e);
      }
    }
  }

  private RecordShape() {}

  static List<Field> fields(Class<? extends Record> shape) {
    List<Field> fields = new ArrayList<>();
    for (RecordComponent component : shape.getRecordComponents()) {
      Key key = component.getAnnotation(Key.class);
      fields.add(new Field(component, key == null ? snakeCase(component.getName()) : key.value()));
    }
    return fields;
  }

  /** The keys of a block, those of inlined records included. */
  static List<String> keys(Class<? extends Record> shape) {
    List<String> keys = new ArrayList<>();
    for (Field field : fields(shape)) {
      if (field.isInline()) {
        keys.addAll(keys(field.type().asSubclass(Record.class)));
      } else {
        keys.add(field.key());
      }
    }
    return keys;
  }

  static <R extends Record> R create(Class<R> shape, @Nullable Object[] values) {
    Class<?>[] types =
        Arrays.stream(shape.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<R> constructor = shape.getConstructor(types);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("constructor failed: " + shape, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("not a public record: " + shape, e);
    }
  }

  static @Nullable Type lastArgument(Type type) {
    if (type instanceof ParameterizedType parameterized) {
      Type[] arguments = parameterized.getActualTypeArguments();
      return arguments[arguments.length - 1];
    }
    return null;
  }

  private static String snakeCase(String name) {
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isUpperCase(c)) {
        key.append('_');
      }
      key.append(c);
    }
    return key.toString().toLowerCase(Locale.ROOT);
  }
}
