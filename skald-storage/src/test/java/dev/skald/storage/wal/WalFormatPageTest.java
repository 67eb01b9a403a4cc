package dev.skald.storage.wal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skald.disk.MemoryDisk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The example of docs/format/wal.md is a file that can be read, and the one that is written today.
 */
final class WalFormatPageTest {
  private static final Path PAGE = Path.of("..", "docs", "format", "wal.md");

  private static byte[] dump() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String line : Files.readAllLines(PAGE)) {
      if (line.matches("[0-9a-f]{4}  .*")) {
        String hex =
            line.substring(6, line.indexOf("  ", 6) < 0 ? line.length() : line.indexOf("  ", 6));
        bytes.writeBytes(HexFormat.of().parseHex(hex.replace(" ", "")));
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void theExampleCanBeRead() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    disk.put(WalHarness.FOLDER + "/00000001.wal", dump());
    assertEquals(List.of("hello", "wal"), WalHarness.replay(disk));
  }

  @Test
  void theExampleIsWhatIsWritten() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    try (WalHarness log = WalHarness.open(disk)) {
      log.append("hello");
      log.append("wal");
    }
    HexFormat hex = HexFormat.ofDelimiter(" ");
    assertEquals(
        hex.formatHex(disk.bytes(WalHarness.FOLDER + "/00000001.wal")), hex.formatHex(dump()));
  }
}
