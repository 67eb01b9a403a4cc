package dev.skald.storage.segment;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The example dumps of the pages in docs/format: an offset, bytes, and what they are. */
public final class FormatPage {
  private static final Pattern LINE =
      Pattern.compile("([0-9a-f]{4})  ((?:[0-9a-f]{2} ?)+)(?:  .*)?");

  private FormatPage() {}

  /** The bytes of the page's example; the offsets must be right. */
  public static byte[] example(String page) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String line : Files.readAllLines(Path.of("..", "docs", "format", page))) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        if (Integer.parseInt(matcher.group(1), 16) != bytes.size()) {
          throw new AssertionError(page + ": offset should be " + bytes.size() + ": " + line);
        }
        bytes.writeBytes(HexFormat.of().parseHex(matcher.group(2).replace(" ", "")));
      }
    }
    return bytes.toByteArray();
  }

  /** Bytes as the pages show them, to be compared. */
  public static String hex(byte[] bytes) {
    return HexFormat.ofDelimiter(" ").formatHex(bytes);
  }
}
