package dev.skald.logql.template;

import java.util.List;
import java.util.SortedMap;

/**
 * What a template computes with: the Go values that labels, functions and JSON can give. Immutable.
 */
sealed interface Value {
  /** No value at all. */
  record Nil() implements Value {
    static final Nil NIL = new Nil();
  }

  /** A string; see {@link GoStrings} for bytes that are no characters. */
  record Text(String text) implements Value {}

  /** An integer of some type. */
  record Whole(long value, IntegerType type) implements Value {}

  /** A float64. */
  record Real(double value) implements Value {}

  /** A bool. */
  record Truth(boolean value) implements Value {
    static final Truth TRUE = new Truth(true);
    static final Truth FALSE = new Truth(false);
  }

  /** A time.Time. */
  record Moment(GoTime time) implements Value {}

  /** The dot at the start: a map of strings. */
  record RowLabels(TemplateRow row) implements Value {}

  /** A JSON object, by key in the order of bytes. */
  record JsonObject(SortedMap<String, Value> members) implements Value {}

  record JsonArray(List<Value> elements) implements Value {}

  /**
   * A value that sits in an {@code interface {}}: the elements of JSON values, until a pipeline has
   * taken them out. Go speaks of the type {@code interface {}} when such a value is used wrongly.
   */
  record Boxed(Value inner) implements Value {}

  /** The integers that can be met, as Go prints their names. */
  enum IntegerType {
    INT("int"),
    INT64("int64"),
    BYTE("uint8"),
    MONTH("time.Month"),
    WEEKDAY("time.Weekday"),
    DURATION("time.Duration");

    final String goName;

    IntegerType(String goName) {
      this.goName = goName;
    }
  }

  static Value of(boolean truth) {
    return truth ? Truth.TRUE : Truth.FALSE;
  }

  static Value ofInt(long value) {
    return new Whole(value, IntegerType.INT);
  }

  static Value ofInt64(long value) {
    return new Whole(value, IntegerType.INT64);
  }

  /** What is in the box, or the value itself. */
  default Value unboxed() {
    return this instanceof Boxed(Value inner) ? inner : this;
  }

  /** Go's name of the type, as {@code %T} prints it. */
  default String typeName() {
    return switch (this) {
      case Nil _ -> "<nil>";
      case Text _ -> "string";
      case Whole(long _, IntegerType type) -> type.goName;
      case Real _ -> "float64";
      case Truth _ -> "bool";
      case Moment _ -> "time.Time";
      case RowLabels _ -> "map[string]string";
      case JsonObject _ -> "map[string]interface {}";
      case JsonArray _ -> "[]interface {}";
      case Boxed _ -> "interface {}";
    };
  }

  /** Whether {@code if} takes it as true: not zero, not empty. */
  default boolean isTrue() {
    return switch (unboxed()) {
      case Nil _ -> false;
      case Text(String text) -> !text.isEmpty();
      case Whole(long value, IntegerType _) -> value != 0;
      case Real(double value) -> value != 0;
      case Truth(boolean value) -> value;
      case Moment _ -> true;
      case RowLabels(TemplateRow row) -> !row.labels().isEmpty();
      case JsonObject(var members) -> !members.isEmpty();
      case JsonArray(var elements) -> !elements.isEmpty();
      case Boxed(Value inner) -> inner.isTrue();
    };
  }
}
