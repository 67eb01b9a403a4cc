package dev.skald.storage.index;

import static dev.skald.property.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skald.model.Label;
import dev.skald.model.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class StreamColumnsTest {
  /** Few names and values, so that streams have much in common; lengths from none to many. */
  private static List<Labels> randomStreams(Random random) {
    Set<Labels> streams = new HashSet<>();
    int names = 1 + random.nextInt(random.nextInt(5) == 0 ? 40 : 4);
    int values = 1 + random.nextInt(random.nextBoolean() ? 2 : 60);
    for (int i = random.nextInt(200); i >= 0; i--) {
      List<Label> labels = new ArrayList<>();
      for (int name = 0; name < names; name++) {
        if (random.nextInt(3) > 0) {
          labels.add(
              new Label("n" + name, random.nextInt(20) == 0 ? "" : "v" + random.nextInt(values)));
        }
      }
      streams.add(Labels.of(labels));
    }
    List<Labels> shuffled = new ArrayList<>(streams);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  @Test
  void theOrderIsThatOfLabels() {
    forAll(
        300,
        random -> {
          List<Labels> streams = randomStreams(random);
          StreamColumns columns = StreamColumns.sorted(streams);
          List<Labels> expected = new ArrayList<>(streams);
          Collections.sort(expected);
          assertEquals(expected, columns.inOrder());
          for (int place = 0; place < columns.count(); place++) {
            assertEquals(expected.get(place), streams.get(columns.at(place)));
          }
        });
  }

  @Test
  void theOrderOfLabelsIsThatOfUtf16() {
    List<Labels> streams =
        List.of(
            Labels.of("a", "\ud83d\ude00"), // above U+FFFF, below U+FF5E in this order
            Labels.of("a", "\uff5e"),
            Labels.of("a", "é"),
            Labels.of("a", "z"),
            Labels.of("B", "z"));
    List<Labels> expected = new ArrayList<>(streams);
    Collections.sort(expected);
    assertEquals(expected, StreamColumns.sorted(streams).inOrder());
  }

  @Test
  void streamsThatShouldBeSortedAndAreNotAreRefused() {
    List<Labels> streams = List.of(Labels.of("a", "2"), Labels.of("a", "1"));
    assertThrows(IllegalArgumentException.class, () -> StreamColumns.ofSorted(streams));
    List<Labels> twice = List.of(Labels.of("a", "1"), Labels.of("a", "1"));
    assertThrows(IllegalArgumentException.class, () -> StreamColumns.ofSorted(twice));
  }

  @Test
  void tuplesAreSortedStably() {
    forAll(
        500,
        random -> {
          int count = random.nextInt(random.nextBoolean() ? 20 : 200);
          int[] starts = new int[count + 1];
          List<Integer> numbers = new ArrayList<>();
          int longest = 1 + random.nextInt(6);
          int most = 1 + random.nextInt(random.nextBoolean() ? 3 : 1000);
          for (int tuple = 0; tuple < count; tuple++) {
            for (int i = random.nextInt(longest); i > 0; i--) {
              numbers.add(random.nextInt(most));
            }
            starts[tuple + 1] = numbers.size();
          }
          int[] flat = numbers.stream().mapToInt(i -> i).toArray();
          List<Integer> expected = new ArrayList<>();
          for (int tuple = 0; tuple < count; tuple++) {
            expected.add(tuple);
          }
          expected.sort(
              (a, b) ->
                  Arrays.compare(flat, starts[a], starts[a + 1], flat, starts[b], starts[b + 1]));
          assertEquals(expected, Arrays.stream(TupleSort.sort(flat, starts)).boxed().toList());
        });
  }
}
