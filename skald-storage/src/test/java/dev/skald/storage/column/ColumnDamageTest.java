package dev.skald.storage.column;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.bytes.ByteReader;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.Needle;
import dev.skald.model.Needle.LetterCase;
import dev.skald.model.Needle.Place;
import dev.skald.model.SlotColumn;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bytes that are not those that were written give other values or CORRUPT, never anything else. */
final class ColumnDamageTest {
  private static final int COUNT = 90;

  @ParameterizedTest
  @EnumSource(Columns.class)
  void eachByteChanged(Columns columns) {
    Random random = new Random(7);
    for (int count : new int[] {3, COUNT, 600}) {
      Values.Stored stored = Values.store(columns.make(random, count));
      flipEach(stored, stored.head(), random, 1);
      flipEach(stored, stored.body(), random, 1 + stored.body().length / 60);
    }
  }

  private static void flipEach(Values.Stored stored, byte[] bytes, Random random, int step) {
    for (int i = 0; i < bytes.length; i += step) {
      byte kept = bytes[i];
      for (byte changed : new byte[] {(byte) ~kept, (byte) (kept + 1), (byte) random.nextInt()}) {
        bytes[i] = changed;
        readAll(stored);
      }
      bytes[i] = kept;
    }
  }

  @ParameterizedTest
  @EnumSource(Columns.class)
  void headsThatEndEarly(Columns columns) {
    Values.Stored stored = Values.store(columns.make(new Random(5), COUNT));
    for (int length = 0; length < stored.head().length; length++) {
      byte[] cut = Arrays.copyOf(stored.head(), length);
      SkaldException error =
          assertThrows(
              SkaldException.class,
              () -> ColumnHead.read(new ByteReader("head", cut), NestedStrings.NONE));
      assertEquals(ErrorKind.CORRUPT, error.kind());
    }
  }

  private static void readAll(Values.Stored stored) {
    try {
      ByteReader in = new ByteReader("head", stored.head());
      ColumnHead head = ColumnHead.read(in, NestedStrings.NONE);
      if (head.bodyBytes() != stored.body().length) {
        return; // the page knows how long it is
      }
      SlotColumn column = head.open(stored.count(), stored.body(), 0);
      Values.read(column);
      column.numbers();
      byte[] needle = "1a".getBytes(StandardCharsets.US_ASCII);
      column.find(new Needle(Place.ANYWHERE, LetterCase.FOLDED, needle), new BitSet());
    } catch (SkaldException e) {
      boolean foreseen = e.kind() == ErrorKind.CORRUPT || e.kind() == ErrorKind.UNSUPPORTED;
      assertTrue(foreseen, e::getMessage);
    }
  }
}
