package dev.skald.server.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer, whole in memory.
 *
 * @param contentType null where Loki sends none (empty bodies)
 * @param body taken over, not copied
 */
@SuppressWarnings("ArrayRecordComponent")
record Reply(int status, @Nullable String contentType, Map<String, String> headers, byte[] body)
    implements Answer {
  static final String TEXT = "text/plain; charset=utf-8";
  static final String JSON = "application/json; charset=UTF-8";

  Reply {
    headers = Map.copyOf(headers);
  }

  static Reply empty(int status) {
    return new Reply(status, null, Map.of(), new byte[0]);
  }

  static Reply text(int status, String text) {
    return new Reply(status, TEXT, Map.of(), text.getBytes(StandardCharsets.UTF_8));
  }

  /** An error text; browsers must not guess another type. */
  static Reply error(int status, String text) {
    return text(status, text).with("X-Content-Type-Options", "nosniff");
  }

  static Reply json(byte[] body) {
    return new Reply(200, JSON, Map.of(), body);
  }

  Reply with(String header, String value) {
    var more = new java.util.HashMap<>(headers);
    more.put(header, value);
    return new Reply(status, contentType, more, body);
  }
}
