package dev.skald.logql.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** {@code index} and {@code slice}. */
final class Indexing {
  private Indexing() {}

  /** {@code index x 1 2} is {@code x[1][2]}. */
  static Value index(Arguments a) {
    Value item = a.value(0);
    if (item instanceof Value.Nil) {
      throw new TemplateFailure("index of untyped nil");
    }
    for (Value index : a.from(1)) {
      Value of = item.unboxed();
      item =
          switch (of) {
            case Value.Text(String text) -> {
              int at = elementIndex(index, GoStrings.byteLength(text), "string");
              yield new Value.Whole(GoStrings.byteAt(text, at), Value.IntegerType.BYTE);
            }
            case Value.JsonArray(var elements) ->
                new Value.Boxed(elements.get(elementIndex(index, elements.size(), "slice")));
            case Value.RowLabels(TemplateRow row) -> {
              String value = row.label(key(index));
              yield new Value.Text(value == null ? "" : value);
            }
            case Value.JsonObject(var members) ->
                new Value.Boxed(members.getOrDefault(key(index), Value.Nil.NIL));
            case Value.Nil _ -> throw new TemplateFailure("index of nil pointer");
            case Value.Whole _, Value.Real _, Value.Truth _, Value.Moment _, Value.Boxed _ ->
                throw new TemplateFailure("can't index item of type " + of.typeName());
          };
    }
    return item;
  }

  private static String key(Value index) {
    return switch (index) {
      case Value.Text(String text) -> text;
      case Value.Nil _ -> throw new TemplateFailure("value is nil; should be of type string");
      default ->
          throw new TemplateFailure("value has type " + index.typeName() + "; should be string");
    };
  }

  private static int elementIndex(Value index, int length, String what) {
    int at = position(index, length);
    if (at == length) {
      throw new TemplateFailure("reflect: " + what + " index out of range");
    }
    return at;
  }

  /** A position, which may be right behind the end. */
  private static int position(Value index, int length) {
    if (index instanceof Value.Nil) {
      throw new TemplateFailure("cannot index slice/array with nil");
    }
    if (!(index instanceof Value.Whole(long at, var _))) {
      throw new TemplateFailure("cannot index slice/array with type " + index.typeName());
    }
    if (at < 0 || at > length) {
      throw new TemplateFailure("index out of range: " + at);
    }
    return (int) at;
  }

  /** {@code slice x 1 2} is {@code x[1:2]}. */
  static Value slice(Arguments a) {
    Value item = a.value(0);
    List<Value> bounds = new ArrayList<>(a.from(1));
    if (item instanceof Value.Nil) {
      throw new TemplateFailure("slice of untyped nil");
    }
    if (bounds.size() > 3) {
      throw new TemplateFailure("too many slice indexes: " + bounds.size());
    }
    if (item instanceof Value.Text(String text)) {
      if (bounds.size() == 3) {
        throw new TemplateFailure("cannot 3-index slice a string");
      }
      int[] range = range(bounds, GoStrings.byteLength(text));
      return new Value.Text(GoStrings.slice(text, range[0], range[1]));
    }
    if (item instanceof Value.JsonArray(var elements)) {
      int[] range = range(bounds, elements.size());
      return new Value.JsonArray(
          Collections.unmodifiableList(elements.subList(range[0], range[1])));
    }
    throw new TemplateFailure("can't slice item of type " + item.typeName());
  }

  private static int[] range(List<Value> bounds, int length) {
    int[] range = {0, length, length};
    for (int i = 0; i < bounds.size(); i++) {
      range[i] = position(bounds.get(i), length);
    }
    for (int i = 0; i < 2; i++) {
      if (range[i] > range[i + 1]) {
        throw new TemplateFailure("invalid slice index: " + range[i] + " > " + range[i + 1]);
      }
    }
    return range;
  }
}
