package dev.skald.logql.template;

import org.jspecify.annotations.Nullable;

/**
 * Any value to a number, as the arithmetic functions take their arguments: what is no number is 0.
 */
final class Conversions {
  private Conversions() {}

  static long toLong(Value value) {
    return switch (value.unboxed()) {
      case Value.Whole(long number, var _) -> number;
      case Value.Real(double number) -> (long) number;
      case Value.Truth(boolean truth) -> truth ? 1 : 0;
      case Value.Text(String text) -> {
        Long number = GoNumberText.integerOrNull(wholePart(text));
        yield number == null ? 0 : number;
      }
      case Value.Nil _,
          Value.Moment _,
          Value.RowLabels _,
          Value.JsonObject _,
          Value.JsonArray _,
          Value.Boxed _ ->
          0;
    };
  }

  static double toDouble(Value value) {
    return switch (value.unboxed()) {
      case Value.Whole(long number, var _) -> number;
      case Value.Real(double number) -> number;
      case Value.Truth(boolean truth) -> truth ? 1 : 0;
      case Value.Text(String text) -> {
        Double number = GoNumberText.floatOrNull(text);
        yield number == null ? 0 : number;
      }
      case Value.Nil _,
          Value.Moment _,
          Value.RowLabels _,
          Value.JsonObject _,
          Value.JsonArray _,
          Value.Boxed _ ->
          0;
    };
  }

  /** "4" of "4.9", "-0" of "-.5"; anything that is not digits around one point stays as it is. */
  private static String wholePart(String text) {
    int sign = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    @Nullable Integer point = null;
    for (int i = sign; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' && point == null) {
        point = i;
      } else if (c < '0' || c > '9') {
        return text;
      }
    }
    String whole = point == null ? text : text.substring(0, point);
    return whole.length() == sign ? whole + "0" : whole;
  }
}
