package dev.skald.conformance;

import dev.skald.conformance.Comparison.Difference;
import dev.skald.conformance.Comparison.Tolerance;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Deep comparison of JSON values.
 *
 * @param tolerance for numbers outside sample values; null: none
 */
record ValueMatch(@Nullable Tolerance tolerance) {
  void check(@Nullable Object want, @Nullable Object found, String where, boolean anyOrder)
      throws Difference {
    if (want instanceof Map<?, ?> && found instanceof Map<?, ?>) {
      checkObject(JsonTree.object(want), JsonTree.object(found), where, anyOrder);
    } else if (want instanceof List<?> && found instanceof List<?>) {
      checkArray(JsonTree.array(want), JsonTree.array(found), where, anyOrder);
    } else if (want instanceof BigDecimal a && found instanceof BigDecimal b) {
      boolean close = tolerance != null && tolerance.allows(a.doubleValue(), b.doubleValue());
      if (a.compareTo(b) != 0 && !close) {
        throw new Difference(where + ": wanted " + a + ", found " + b);
      }
    } else if (!Objects.equals(want, found)) {
      throw new Difference(
          where + ": wanted " + Comparison.show(want) + ", found " + Comparison.show(found));
    }
  }

  private void checkObject(
      Map<String, @Nullable Object> want,
      Map<String, @Nullable Object> found,
      String where,
      boolean anyOrder)
      throws Difference {
    if (!want.keySet().equals(found.keySet())) {
      throw new Difference(
          where + ": wanted members " + want.keySet() + ", found " + found.keySet());
    }
    for (Map.Entry<String, @Nullable Object> member : want.entrySet()) {
      Object other = found.get(member.getKey());
      check(member.getValue(), other, where + "." + member.getKey(), anyOrder);
    }
  }

  private void checkArray(
      List<@Nullable Object> want, List<@Nullable Object> found, String where, boolean anyOrder)
      throws Difference {
    if (want.size() != found.size()) {
      throw new Difference(
          where
              + ": wanted "
              + want.size()
              + " elements, found "
              + found.size()
              + ": "
              + Comparison.show(found));
    }
    if (!anyOrder) {
      for (int i = 0; i < want.size(); i++) {
        check(want.get(i), found.get(i), where + "[" + i + "]", false);
      }
      return;
    }
    List<@Nullable Object> left = new ArrayList<>(found);
    for (Object item : want) {
      if (!left.removeIf(new FirstEqual(item)::test)) {
        throw new Difference(
            where
                + ": nothing equals "
                + Comparison.show(item)
                + "; left "
                + Comparison.show(left));
      }
    }
  }

  /** Holds for the first element that equals {@code item}, and for no further one. */
  private final class FirstEqual {
    private final @Nullable Object item;
    private boolean done;

    FirstEqual(@Nullable Object item) {
      this.item = item;
    }

    boolean test(@Nullable Object other) {
      if (done) {
        return false;
      }
      try {
        check(item, other, "", true);
        done = true;
        return true;
      } catch (Difference e) {
        return false; // another element may be equal
      }
    }
  }
}
