package dev.skald.protocol.wire;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.util.Locale;

/** How a body is compressed. */
public enum ContentCoding {
  IDENTITY,
  GZIP,
  /** Raw deflate (RFC 1951), as the reference reads it: no zlib header. */
  DEFLATE,
  /** Says nothing new: protobuf bodies are snappy blocks anyway, JSON bodies are as they are. */
  SNAPPY,
  /** Unknown to the reference; taken here if the body is zstd indeed. */
  ZSTD,
  /** LZ4 frames; of OpenTelemetry's requests alone. */
  LZ4,
  /** Snappy's framed format; of gRPC messages alone. */
  SNAPPY_FRAMED;

  /**
   * The {@code Content-Encoding} of a push in one of Loki's shapes.
   *
   * @throws SkaldException BAD_REQUEST for one that is not taken
   */
  public static ContentCoding parse(String header) {
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
