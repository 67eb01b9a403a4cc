package dev.skald.bytes;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;

/**
 * How damage is reported: which object, at which byte, what was checked, what was expected, what
 * was there.
 */
public final class Corruption {
  private Corruption() {}

  /**
   * To be thrown by the caller. {@code objectName} is the file's or object's name, as an operator
   * can find it.
   */
  public static SkaldException at(
      String objectName, long offsetBytes, String checked, Object expected, Object actual) {
    return SkaldException.of(
        ErrorKind.CORRUPT,
        objectName
            + ": corrupt at byte "
            + offsetBytes
            + ": "
            + checked
            + ": expected "
            + expected
            + ", was "
            + actual);
  }

  /** A checksum as it is printed: eight hexadecimal digits. */
  public static String crcText(int crc32c) {
    return String.format("%08x", crc32c);
  }
}
