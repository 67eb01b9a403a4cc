package dev.skald.server.grpc;

import java.nio.charset.StandardCharsets;

/**
 * How a call ended.
 *
 * @param message empty if all is well
 */
record GrpcStatus(Code code, String message) {
  static final GrpcStatus OK = new GrpcStatus(Code.OK, "");

  /** The codes that are used here (github.com/grpc/grpc, doc/statuscodes.md). */
  enum Code {
    OK(0),
    CANCELLED(1),
    INVALID_ARGUMENT(3),
    NOT_FOUND(5),
    RESOURCE_EXHAUSTED(8),
    UNIMPLEMENTED(12),
    INTERNAL(13),
    UNAVAILABLE(14),
    UNAUTHENTICATED(16);

    private final int number;

    Code(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }

  /** What an HTTP status of the push API is as a code. */
  static Code ofHttp(int status) {
    return switch (status) {
      case 200, 204 -> Code.OK;
      case 401 -> Code.UNAUTHENTICATED;
      case 404 -> Code.NOT_FOUND;
      case 413, 429 -> Code.RESOURCE_EXHAUSTED;
      case 499 -> Code.CANCELLED;
      case 501 -> Code.UNIMPLEMENTED;
      case 503, 504 -> Code.UNAVAILABLE;
      default -> status >= 500 ? Code.INTERNAL : Code.INVALID_ARGUMENT;
    };
  }

  /** The message as a header carries it: bytes that are not printable ASCII, and {@code %}, as {@code %XX}. */
  String encodedMessage() {
    StringBuilder text = new StringBuilder();
    for (byte b : message.getBytes(StandardCharsets.UTF_8)) {
      if (b >= ' ' && b <= '~' && b != '%') {
        text.append((char) b);
      } else {
        text.append('%');
        text.append(Character.toUpperCase(Character.forDigit(b >> 4 & 15, 16)));
        text.append(Character.toUpperCase(Character.forDigit(b & 15, 16)));
      }
    }
    return text.toString();
  }
}
