package dev.skald.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ErrorReplyTest {
  @ParameterizedTest
  @CsvSource({
    "BAD_REQUEST, 400, ''",
    "LIMIT, 400, ''",
    "UNAUTHENTICATED, 401, ''",
    "NOT_FOUND, 404, ''",
    "TOO_LARGE, 413, ''",
    "RATE_LIMITED, 429, 1",
    "CANCELLED, 499, ''",
    "CORRUPT, 500, ''",
    "BUG, 500, ''",
    "UNSUPPORTED, 501, ''",
    "UNAVAILABLE, 503, 1",
    "TIMEOUT, 504, ''",
  })
  void eachKindHasItsStatus(ErrorKind kind, int status, String retryAfter) {
    Reply reply = ErrorReply.of(SkaldException.of(kind, "what was wrong"));
    assertEquals(status, reply.status());
    assertEquals(Reply.TEXT, reply.contentType());
    assertEquals("nosniff", reply.headers().get("X-Content-Type-Options"));
    assertEquals(retryAfter, reply.headers().getOrDefault("Retry-After", ""));
    assertEquals("what was wrong", new String(reply.body(), StandardCharsets.UTF_8));
  }
}
