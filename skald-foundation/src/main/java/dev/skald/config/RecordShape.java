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
  /**
   * A component as a key.
   *
   * @param itemShape the record class of a list's or map's items, or null
   */
  record Field(
      RecordComponent component,
      String key,
      Class<?> type,
      Type genericType,
      @Nullable String defaultText,
      String doc,
      long min,
      long max,
      boolean isInline,
      boolean isSecret,
      boolean isFilePath,
      @Nullable Class<? extends Record> itemShape) {
    boolean isBlock() {
      return type.isRecord() && type != ByteSize.class;
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

  /** Annotations are slow to read, and a shape is asked for often. */
  private static final ClassValue<List<Field>> FIELDS =
      new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> shape) {
          return Arrays.stream(shape.getRecordComponents()).map(RecordShape::field).toList();
        }
      };

  private RecordShape() {}

  static List<Field> fields(Class<? extends Record> shape) {
    return FIELDS.get(shape);
  }

  private static Field field(RecordComponent component) {
    Key key = component.getAnnotation(Key.class);
    Default text = component.getAnnotation(Default.class);
    Doc doc = component.getAnnotation(Doc.class);
    Range range = component.getAnnotation(Range.class);
    Type type = component.getGenericType();
    return new Field(
        component,
        key == null ? snakeCase(component.getName()) : key.value(),
        component.getType(),
        type,
        text == null ? null : text.value(),
        doc == null ? "" : doc.value(),
        range == null ? 0 : range.min(),
        range == null ? Long.MAX_VALUE : range.max(),
        component.isAnnotationPresent(Inline.class),
        component.isAnnotationPresent(Secret.class),
        component.isAnnotationPresent(FilePath.class),
        itemShape(type));
  }

  private static @Nullable Class<? extends Record> itemShape(Type type) {
    Type item = lastArgument(type);
    return item instanceof Class<?> shape && shape.isRecord() && shape != ByteSize.class
        ? shape.asSubclass(Record.class)
        : null;
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
