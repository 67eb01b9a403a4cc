package dev.skald.storage;

import static dev.skald.property.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class SortedUnionTest {
  @Test
  void holdsEachValueOnceInOrder() {
    forAll(
        500,
        random -> {
          SortedUnion<Integer> union = new SortedUnion<>();
          TreeSet<Integer> expected = new TreeSet<>();
          for (int list = random.nextInt(8); list > 0; list--) {
            TreeSet<Integer> values = new TreeSet<>();
            for (int i = random.nextInt(30); i > 0; i--) {
              values.add(random.nextInt(40));
            }
            union.add(List.copyOf(values));
            expected.addAll(values);
          }
          assertEquals(new ArrayList<>(expected), union.values());
        });
  }
}
