package dev.skald.logql.template;

import static dev.skald.logql.template.GoType.REFLECTED;

import java.util.List;

/**
 * {@code eq}, {@code ne}, {@code lt}, {@code le}, {@code gt}, {@code ge}: values of one kind, and
 * no other.
 */
final class Comparisons {
  static final List<TemplateFunction> ALL =
      List.of(
          TemplateFunction.variadic("eq", REFLECTED, Comparisons::equalsAny, REFLECTED),
          TemplateFunction.of(
              "ne", a -> Value.of(!equal(a.value(0), a.value(1))), REFLECTED, REFLECTED),
          TemplateFunction.of(
              "lt", a -> Value.of(less(a.value(0), a.value(1))), REFLECTED, REFLECTED),
          TemplateFunction.of(
              "le", a -> Value.of(lessOrEqual(a.value(0), a.value(1))), REFLECTED, REFLECTED),
          TemplateFunction.of(
              "gt", a -> Value.of(!lessOrEqual(a.value(0), a.value(1))), REFLECTED, REFLECTED),
          TemplateFunction.of(
              "ge", a -> Value.of(!less(a.value(0), a.value(1))), REFLECTED, REFLECTED));

  private Comparisons() {}

  /** Whether the first argument equals one of the others. */
  private static Value equalsAny(Arguments a) {
    if (a.size() < 2) {
      throw new TemplateFailure("missing argument for comparison");
    }
    for (Value other : a.from(1)) {
      if (equal(a.value(0), other)) {
        return Value.Truth.TRUE;
      }
    }
    return Value.Truth.FALSE;
  }

  private static boolean equal(Value a, Value b) {
    if (a instanceof Value.Text(String x) && b instanceof Value.Text(String y)) {
      return x.equals(y);
    }
    if (a instanceof Value.Whole(long x, var _) && b instanceof Value.Whole(long y, var _)) {
      return x == y;
    }
    if (a instanceof Value.Real(double x) && b instanceof Value.Real(double y)) {
      return x == y;
    }
    if (a instanceof Value.Truth(boolean x) && b instanceof Value.Truth(boolean y)) {
      return x == y;
    }
    if (isBasic(a) || isBasic(b)) {
      if (a instanceof Value.Nil || b instanceof Value.Nil) {
        return false;
      }
      throw incompatible(a, b);
    }
    return equalOthers(a, b);
  }

  private static boolean equalOthers(Value a, Value b) {
    boolean nilA = a instanceof Value.Nil;
    boolean nilB = b instanceof Value.Nil;
    if (nilA || nilB) {
      return nilA == nilB;
    }
    if (a instanceof Value.Moment(GoTime x) && b instanceof Value.Moment(GoTime y)) {
      return x.equals(y);
    }
    boolean comparable = a instanceof Value.Moment || b instanceof Value.Moment;
    if (comparable && a.getClass() != b.getClass()) {
      return false;
    }
    // Maps and lists cannot be compared, not even with themselves.
    throw new TemplateFailure("non-comparable type " + describe(b) + ": " + b.typeName());
  }

  private static boolean less(Value a, Value b) {
    requireBasic(a);
    requireBasic(b);
    if (a instanceof Value.Text(String x) && b instanceof Value.Text(String y)) {
      return GoStrings.BYTE_ORDER.compare(x, y) < 0;
    }
    if (a instanceof Value.Whole(long x, var _) && b instanceof Value.Whole(long y, var _)) {
      return x < y;
    }
    if (a instanceof Value.Real(double x) && b instanceof Value.Real(double y)) {
      return x < y;
    }
    if (a instanceof Value.Truth && b instanceof Value.Truth) {
      throw new TemplateFailure("invalid type for comparison");
    }
    throw incompatible(a, b);
  }

  private static boolean lessOrEqual(Value a, Value b) {
    return less(a, b) || equal(a, b);
  }

  private static boolean isBasic(Value value) {
    return value instanceof Value.Text
        || value instanceof Value.Whole
        || value instanceof Value.Real
        || value instanceof Value.Truth;
  }

  private static void requireBasic(Value value) {
    if (!isBasic(value)) {
      throw new TemplateFailure("invalid type for comparison");
    }
  }

  private static TemplateFailure incompatible(Value a, Value b) {
    return new TemplateFailure(
        "incompatible types for comparison: " + a.typeName() + " and " + b.typeName());
  }

  private static String describe(Value value) {
    TemplateOutput text = new TemplateOutput(1 << 16);
    new GoPrinter(text).print(value, 'v');
    return text.rawText();
  }
}
