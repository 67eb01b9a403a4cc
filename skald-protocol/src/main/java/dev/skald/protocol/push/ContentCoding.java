package dev.skald.protocol.push;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.util.Locale;

/** The values of {@code Content-Encoding} that pushes may have. */
enum ContentCoding {
  IDENTITY,
  GZIP,
  /** Raw deflate (RFC 1951), as the reference reads it: no zlib header. */
  DEFLATE,
  /** Says nothing new: protobuf bodies are snappy blocks anyway, JSON bodies are as they are. */
  SNAPPY,
  /** Unknown to the reference; taken here if the body is zstd indeed. */
  ZSTD;

  static ContentCoding parse(String header) {
    return switch (header.toLowerCase(Locale.ROOT)) {
      case "" -> IDENTITY;
      case "gzip" -> GZIP;
      case "deflate" -> DEFLATE;
      case "snappy" -> SNAPPY;
      case "zstd" -> ZSTD;
      default -> throw unsupported(header);
    };
  }

  static SkaldException unsupported(String header) {
    return SkaldException.of(
        ErrorKind.BAD_REQUEST, "Content-Encoding \"" + header + "\" not supported");
  }
}
