package dev.skald.property;

import static dev.skald.property.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ForAllTest {
  @Test
  void runsAsOftenAsAsked() {
    List<Long> drawn = new ArrayList<>();
    forAll(25, random -> drawn.add(random.nextLong()));
    assertEquals(25, drawn.size());
    assertEquals(25, drawn.stream().distinct().count(), "each case has a seed of its own");
  }

  @Test
  void namesTheSeedThatRepeatsTheFailure() {
    List<Integer> drawn = new ArrayList<>();
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () ->
                forAll(
                    100,
                    random -> {
                      int number = random.nextInt();
                      drawn.add(number);
                      assertTrue(number % 3 != 0, "divisible");
                    }));
    String message = String.valueOf(error.getMessage());
    long seed = Long.parseLong(message.replaceFirst(".*-Dskald.seed=(-?\\d+).*", "$1"));
    assertEquals(drawn.getLast(), new java.util.Random(seed).nextInt());
  }
}
