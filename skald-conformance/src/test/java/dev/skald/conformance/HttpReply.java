package dev.skald.conformance;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An answer as it came over the wire; header names in lower case, the body with gzip undone. */
@SuppressWarnings("ArrayRecordComponent")
record HttpReply(int status, Map<String, String> headers, byte[] body) {
  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  String contentType() {
    return headers.getOrDefault("content-type", "");
  }
}
