package dev.skald.storage.column;

import static dev.skald.property.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skald.compress.ZstdContexts;
import dev.skald.model.Needle;
import dev.skald.model.Needle.LetterCase;
import dev.skald.model.Needle.Place;
import dev.skald.model.SlotColumn;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However a column is searched, it finds what a look at each value finds. */
final class ColumnFindTest {
  private final ZstdContexts zstd = new ZstdContexts();
  private final ColumnEncoder encoder = new ColumnEncoder(zstd);

  @AfterEach
  void closeContexts() {
    zstd.close();
  }

  @ParameterizedTest
  @EnumSource(Columns.class)
  void findsWhatIsThere(Columns columns) {
    forAll(
        12,
        random -> {
          List<byte[]> values = columns.make(random, 1 + random.nextInt(700));
          Values.Stored stored = Values.store(encoder, values);
          SlotColumn column = random.nextBoolean() ? stored.open() : stored.openMapped();
          for (int i = 0; i < 60; i++) {
            check(column, values, needle(values, random));
          }
        });
  }

  private static void check(SlotColumn column, List<byte[]> values, Needle needle) {
    BitSet expected = Values.find(values, needle);
    BitSet found = new BitSet();
    column.find(needle, found);
    String what = needle.how() + " " + needle.letterCase() + " \"" + text(needle.bytes()) + "\"";
    for (int i = 0; i < values.size(); i++) {
      String value = text(values.get(i));
      assertEquals(expected.get(i), found.get(i), () -> what + " in " + value);
    }
    assertEquals(expected.cardinality(), found.cardinality());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** A piece of a value or of two, sometimes with a byte changed; of any length. */
  private static Needle needle(List<byte[]> values, Random random) {
    byte[] value = values.get(random.nextInt(values.size()));
    if (random.nextInt(4) == 0) {
      byte[] other = values.get(random.nextInt(values.size()));
      byte[] both = Arrays.copyOf(value, value.length + other.length);
      System.arraycopy(other, 0, both, value.length, other.length);
      value = both;
    }
    List<Place> places = List.of(Place.values());
    Place place = places.get(random.nextInt(places.size()));
    int length = random.nextInt(Math.min(value.length, random.nextBoolean() ? 5 : 40) + 1);
    int start = random.nextInt(value.length - length + 1);
    if (random.nextInt(3) > 0) {
      start =
          switch (place) {
            case AT_START -> 0;
            case AT_END -> value.length - length;
            case ANYWHERE, WHOLE -> start;
          };
      length = place == Place.WHOLE ? value.length - start : length;
    }
    byte[] bytes = Arrays.copyOfRange(value, start, start + length);
    if (bytes.length > 0 && random.nextInt(5) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) "0a-zA.9 ".charAt(random.nextInt(8));
    }
    LetterCase letterCase = random.nextBoolean() ? LetterCase.EXACT : LetterCase.FOLDED;
    if (letterCase == LetterCase.FOLDED) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = ValueFinder.lower(bytes[i]);
      }
    }
    return new Needle(place, letterCase, bytes);
  }
}
