package dev.skald.server.http;

import dev.skald.bytes.SeededHash;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.engine.PagePosition;
import dev.skald.logql.engine.QueryParams;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Page positions as text. It is bound to the query, its direction and its interval: with another query the position would
 * mean something else. It holds nothing that is secret, and nothing that gives access to anything.
 */
final class CursorText {
  private static final byte VERSION = 1;
  private static final long SEED = 0x9a6e;
  private static final int BYTES = 1 + Long.BYTES + Integer.BYTES + Long.BYTES + Long.BYTES;

  private final long queryHash;

  CursorText(String query, QueryParams params) {
    byte[] bytes =
        (params.direction() + " " + params.intervalNanos() + " " + query)
            .getBytes(StandardCharsets.UTF_8);
    queryHash = SeededHash.of(bytes, 0, bytes.length, SEED);
  }

  String write(PagePosition position) {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    bytes.put(VERSION).putLong(queryHash);
    bytes.putLong(position.epochNanos()).putInt(position.count()).putLong(position.lastHash());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /**
   * @throws SkaldException BAD_REQUEST for what is no cursor, or one of another query
   */
  PagePosition read(String text) {
    ByteBuffer bytes;
    try {
      bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, "invalid cursor", e);
    }
    if (bytes.remaining() != BYTES || bytes.get() != VERSION) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, "invalid cursor");
    }
    if (bytes.getLong() != queryHash) {
      throw SkaldException.of(
          ErrorKind.BAD_REQUEST,
          "the cursor is of another query: query, direction and interval must be those of the"
              + " page before");
    }
    long epochNanos = bytes.getLong();
    int count = bytes.getInt();
    if (count < 0) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, "invalid cursor");
    }
    return new PagePosition(epochNanos, count, bytes.getLong());
  }
}
