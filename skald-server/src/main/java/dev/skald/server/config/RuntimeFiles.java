package dev.skald.server.config;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The files of {@code runtime_config.file} as they stood at one time.
 *
 * @param files in the order in which they are named
 */
public record RuntimeFiles(List<Text> files) {
  /** Overrides of ten thousand tenants take a few megabytes; a log file named by mistake takes more. */
  private static final long BYTES_MAX = 64L << 20;

  public RuntimeFiles {
    files = List.copyOf(files);
  }

  /**
   * A file and what it holds.
   *
   * @param file its path or URL
   */
  public record Text(String file, String text) {}

  /**
   * Reads the files that a configuration names; there may be none.
   *
   * @throws SkaldException BAD_REQUEST for a file that cannot be read
   */
  public static RuntimeFiles read(SkaldConfig config) {
    return read(config.runtimeConfig().file());
  }

  /** The same for given files. */
  static RuntimeFiles read(List<String> files) {
    List<Text> texts = new ArrayList<>();
    for (String file : files) {
      texts.add(
          new Text(
              file,
              RuntimeUrl.isUrl(file) ? RuntimeUrl.read(file, BYTES_MAX) : text(Path.of(file))));
    }
    return new RuntimeFiles(texts);
  }

  private static String text(Path file) {
    try {
      long bytes = Files.size(file);
      if (bytes > BYTES_MAX) {
        throw new SkaldException(
            ErrorKind.BAD_REQUEST,
            "runtime_config.file: %s has %d bytes, more than %d",
            file,
            bytes,
            BYTES_MAX);
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw SkaldException.of(
          ErrorKind.BAD_REQUEST, "runtime_config.file: " + file + " cannot be read: " + e, e);
    }
  }

  /** SHA-256 of all texts, one after the other, in hex. */
  public String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      files.forEach(file -> digest.update(file.text().getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
