package dev.skald.storage.column;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.bytes.ByteWriter;
import dev.skald.compress.ZstdContexts;
import dev.skald.compress.ZstdLevel;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Columns as logs have them are kept as what they are, and cost little more than what is random in them. */
final class ChosenEncodingTest {
  private static final int COUNT = 30_000;

  private final ZstdContexts zstd = new ZstdContexts();
  private final ColumnEncoder encoder = new ColumnEncoder(zstd);

  @AfterEach
  void closeContexts() {
    zstd.close();
  }

  /**
   * @param bitsMax for each value, after zstd if the body is not dense
   */
  private record Case(Columns columns, String encoding, double bitsMax) {}

  private static Stream<Case> cases() {
    return Stream.of(
        new Case(Columns.CONSTANT, "ConstHead", 0),
        new Case(Columns.EIGHT, "DictHead of AffixHead of StringsHead", 3.6),
        new Case(Columns.LEVEL, "DictHead of StringsHead", 1.4),
        new Case(Columns.STATUS, "DictHead of IntHead", 1.6),
        new Case(Columns.RUNS, "DictHead of AffixHead of IntHead", 0.1),
        new Case(Columns.COUNTER, "IntHead", 0),
        new Case(Columns.COUNTER_WITH_GAPS, "IntHead", 5.2),
        new Case(Columns.PORT, "IntHead", 16),
        new Case(Columns.LOG_UNIFORM, "IntHead", 12),
        new Case(Columns.LONGS, "IntHead", 64),
        new Case(Columns.LATENCY, "DecimalHead", 13.5),
        new Case(Columns.CONFIDENCE, "DecimalHead", 10),
        new Case(Columns.ISO, "DateHead", 0),
        new Case(Columns.COMMA_TIME, "DateHead", 9.4),
        new Case(Columns.COMMON_LOG, "DateHead", 0.1),
        new Case(Columns.COMPACT, "DateHead", 0.1),
        new Case(Columns.DOTTED, "DateHead", 0.1),
        new Case(Columns.ZERO_PADDED, "DigitsHead", 20),
        new Case(Columns.ADDRESS, "AffixHead of StringsHead", 26),
        new Case(Columns.BLOCK, "AffixHead of IntHead", 64.1),
        new Case(Columns.USER, "AffixHead of IntHead", 17),
        new Case(Columns.MILLISECONDS, "AffixHead of IntHead", 12),
        new Case(Columns.UUID, "HexHead", 124),
        new Case(Columns.TRACE, "HexHead", 128),
        new Case(Columns.UPPER_HEX, "HexHead", 28),
        new Case(Columns.REPEATED_TRACE, "DictHead of HexHead", 14),
        new Case(Columns.NULL_OR_NUMBER, "PatchedHead of IntHead", 17.6),
        new Case(Columns.WORDS, "DictHead of StringsHead", 12.5));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void costsLittleMoreThanItsEntropy(Case wanted) {
    List<byte[]> values = wanted.columns.make(new Random(3), COUNT);
    ByteWriter body = new ByteWriter(0);
    ColumnHead head = encoder.encode(Values.of(values), body);
    assertEquals(wanted.encoding, name(head));
    double bits = storedBytes(head, body) * 8.0 / COUNT;
    assertTrue(bits <= wanted.bitsMax + 0.001, () -> "bits for each value: " + bits);
  }

  private int storedBytes(ColumnHead head, ByteWriter body) {
    if (head.isDense() || body.size() == 0) {
      return body.size();
    }
    byte[] frame = new byte[ZstdContexts.boundBytes(body.size())];
    return zstd.compress(ZstdLevel.COLUMNS, body.array(), 0, body.size(), frame, 0);
  }

  private static String name(ColumnHead head) {
    String name = head.getClass().getSimpleName();
    return switch (head) {
      case DictHead dict -> name + " of " + name(dict.table());
      case AffixHead affix -> name + " of " + name(affix.inner());
      case PatchedHead patched -> name + " of " + name(patched.regular());
      case ConstHead _,
          IntHead _,
          DecimalHead _,
          DateHead _,
          DigitsHead _,
          HexHead _,
          StringsHead _,
          NestedStringsHead _ ->
          name;
    };
  }
}
