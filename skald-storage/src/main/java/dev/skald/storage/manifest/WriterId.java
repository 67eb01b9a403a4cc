package dev.skald.storage.manifest;

import dev.skald.disk.Disk;
import dev.skald.disk.ReadableFile;
import dev.skald.disk.WritableFile;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.random.Randomness;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The number that a data directory has for itself, so that a manifest in another machine can say
 * whose log it counts the files of; docs/format/manifest.md. Sixteen hexadecimal digits in a file.
 */
public final class WriterId {
  private static final String PATH = "writer";
  private static final String FRESH_PATH = "writer.new";
  private static final int DIGITS = 16;

  private WriterId() {}

  /** Reads the number, or makes one that is durable when this returns. Never 0. */
  public static long of(Disk disk, Randomness randomness) throws IOException {
    if (!disk.exists(PATH)) {
      disk.delete(FRESH_PATH);
      try (WritableFile file = disk.create(FRESH_PATH)) {
        String digits = String.format("%016x", randomness.nextLong() | 1);
        file.write(ByteBuffer.wrap(digits.getBytes(StandardCharsets.US_ASCII)));
        file.sync();
      }
      disk.rename(FRESH_PATH, PATH);
      disk.syncDirectory("");
    }
    return read(disk);
  }

  /** The number if there is one, else 0; changes nothing. */
  public static long peek(Disk disk) throws IOException {
    return disk.exists(PATH) ? read(disk) : 0;
  }

  private static long read(Disk disk) throws IOException {
    byte[] digits = new byte[DIGITS];
    try (ReadableFile file = disk.open(PATH)) {
      if (file.sizeBytes() == DIGITS) {
        file.read(0, ByteBuffer.wrap(digits));
      }
    }
    String text = new String(digits, StandardCharsets.US_ASCII);
    try {
      return Long.parseUnsignedLong(text, 16);
    } catch (NumberFormatException e) {
      throw SkaldException.of(
          ErrorKind.CORRUPT, PATH + ": corrupt at byte 0: expected 16 hexadecimal digits", e);
    }
  }
}
