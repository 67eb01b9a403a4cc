package dev.skald.protocol.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.io.IOException;

/**
 * Jackson's streaming parser as pushes need it: UTF-8 only, bounded, its buffers pooled without
 * threads in mind.
 */
public final class JsonInput {
  /** Deeper values, which could only be unknown members, are refused. */
  private static final int NESTING_MAX = 200;

  /** Metadata names may be long until the limits say otherwise. */
  private static final int NAME_CHARS_MAX = 1 << 20;

  private static final int BUFFERS_POOLED_MAX = 16;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .recyclerPool(JsonRecyclerPools.newBoundedPool(BUFFERS_POOLED_MAX))
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(NESTING_MAX)
                  .maxNameLength(NAME_CHARS_MAX)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(NAME_CHARS_MAX)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private JsonInput() {}

  public static JsonParser open(byte[] bytes, int start, int length) throws IOException {
    return FACTORY.createParser(bytes, start, length);
  }

  /**
   * Refuses what Jackson would take for another encoding than UTF-8: a byte order mark, a NUL among
   * the first bytes.
   */
  public static void checkUtf8(byte[] bytes, int length) {
    for (int i = 0; i < Math.min(4, length); i++) {
      if (bytes[i] == 0 || (bytes[i] & 0xff) >= 0xef) {
        throw SkaldException.of(
            ErrorKind.BAD_REQUEST, "json: expect { or n, but found a byte that begins neither");
      }
    }
  }

  public static SkaldException malformed(IOException e) {
    String what =
        e instanceof com.fasterxml.jackson.core.JsonProcessingException json
            ? json.getOriginalMessage()
            : String.valueOf(e.getMessage());
    return SkaldException.of(ErrorKind.BAD_REQUEST, "json: " + what, e);
  }

  public static SkaldException unexpected(String what) {
    return SkaldException.of(ErrorKind.BAD_REQUEST, "json: " + what);
  }

  /** The reference's words for a timestamp, a line or a metadata value that is no string. */
  public static SkaldException notString() {
    return SkaldException.of(
        ErrorKind.BAD_REQUEST, "Value is string, but can't find closing '\"' symbol");
  }

  /** The reference's words for metadata that is no object. */
  public static SkaldException notObject() {
    return SkaldException.of(
        ErrorKind.BAD_REQUEST, "Value looks like object, but can't find closing '}' symbol");
  }
}
