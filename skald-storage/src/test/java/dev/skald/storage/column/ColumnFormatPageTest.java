package dev.skald.storage.column;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skald.bytes.ByteReader;
import dev.skald.storage.segment.FormatPage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example of docs/format/column.md is bytes that can be read, and those that are written today. */
final class ColumnFormatPageTest {
  private static final List<String> VALUES = List.of("user-7", "user-1200", "user-42");

  @Test
  void theExampleCanBeRead() throws IOException {
    ByteReader in = new ByteReader("column.md", FormatPage.example("column.md"));
    ColumnHead head = ColumnHead.read(in, NestedStrings.NONE);
    assertEquals(in.remaining(), head.bodyBytes());
    List<byte[]> values = Values.read(head.open(VALUES.size(), in.array(), in.position()));
    assertEquals(
        VALUES,
        values.stream().map(value -> new String(value, StandardCharsets.US_ASCII)).toList());
  }

  @Test
  void theExampleIsWhatIsWritten() throws IOException {
    Values.Stored stored = Values.store(Values.bytes(VALUES));
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(stored.head());
    both.writeBytes(stored.body());
    assertEquals(
        FormatPage.hex(FormatPage.example("column.md")), FormatPage.hex(both.toByteArray()));
  }
}
