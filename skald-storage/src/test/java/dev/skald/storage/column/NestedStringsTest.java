package dev.skald.storage.column;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import dev.skald.compress.ZstdContexts;
import dev.skald.model.SlotColumn;
import dev.skald.model.Stamp;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Strings are offered to the outer encoding wherever they stand, and read by it. */
final class NestedStringsTest {
  private final ZstdContexts zstd = new ZstdContexts();
  private final Bracketed nested = new Bracketed();

  @AfterEach
  void closeContexts() {
    zstd.close();
  }

  /** Takes values in angle brackets, and keeps what is in them as a column. */
  private final class Bracketed implements NestedStrings {
    private final ColumnEncoder inner = new ColumnEncoder(zstd);

    @Override
    public @Nullable Head tryEncode(ValueSlices values, ByteWriter body) {
      ValueSlices middles = new ValueSlices();
      middles.reset(values.bytes());
      for (int i = 0; i < values.count(); i++) {
        if (values.bytes()[values.start(i)] != '<') {
          return null;
        }
        middles.add(values.start(i) + 1, values.end(i) - 1);
      }
      return new BracketedHead(inner.encode(middles, body));
    }

    @Override
    public Head read(ByteReader in) {
      return new BracketedHead(ColumnHead.read(in, NestedStrings.NONE));
    }
  }

  private record BracketedHead(ColumnHead inner) implements NestedStrings.Head {
    @Override
    public Stamp stamp() {
      return Stamp.ANY;
    }

    @Override
    public int bodyBytes() {
      return inner.bodyBytes();
    }

    @Override
    public boolean isDense() {
      return inner.isDense();
    }

    @Override
    public void write(ByteWriter out) {
      inner.write(out);
    }

    @Override
    public SlotColumn open(int count, ByteReader body) {
      return new AffixColumn(
          new byte[] {'<'}, new byte[] {'>'}, inner.open(count, body), Stamp.ANY);
    }
  }

  private ColumnHead encode(List<String> values) {
    List<byte[]> bytes = Values.bytes(values);
    ByteWriter body = new ByteWriter(0);
    ColumnHead written = new ColumnEncoder(zstd, nested).encode(Values.of(bytes), body);
    ByteWriter headBytes = new ByteWriter(0);
    written.write(headBytes);
    ColumnHead head = ColumnHead.read(new ByteReader("head", headBytes.toByteArray()), nested);
    List<byte[]> read = Values.read(head.open(values.size(), body.toByteArray(), 0));
    for (int i = 0; i < values.size(); i++) {
      assertArrayEquals(bytes.get(i), read.get(i));
    }
    return head;
  }

  private static List<String> values(String format, int distinct) {
    return IntStream.range(0, 2000)
        .mapToObj(i -> String.format(format, i * 7919 % distinct, i * 31 % distinct))
        .toList();
  }

  @Test
  void stringsAreTaken() {
    assertInstanceOf(NestedStringsHead.class, encode(values("<%d of %d>", 1999)));
  }

  @Test
  void stringsInDictionariesAreTaken() {
    ColumnHead head = encode(values("<%d of %d>", 40));
    DictHead dictionary = assertInstanceOf(DictHead.class, head);
    assertInstanceOf(NestedStringsHead.class, dictionary.table());
  }

  @Test
  void whatIsNotTakenStaysAsItIs() {
    AffixHead affix = assertInstanceOf(AffixHead.class, encode(values("(%d of %d]", 1999)));
    assertInstanceOf(StringsHead.class, affix.inner());
  }
}
