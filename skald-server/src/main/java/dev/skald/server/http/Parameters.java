package dev.skald.server.http;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.Quoted;
import java.io.ByteArrayOutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parameters of a request by name, in the order given; read as Go's net/url reads them, whose texts clients see. */
final class Parameters {
  /** No request needs more; a body full of {@code a&a&a} must not become a million lists. */
  static final int COUNT_MAX = 10_000;

  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private int count;

  /**
   * Adds what {@code text} (a query string or form body) says.
   *
   * @throws SkaldException BAD_REQUEST for a bad escape or a semicolon
   */
  void addAll(String text) {
    for (String pair : text.split("&")) {
      if (pair.isEmpty()) {
        continue;
      }
      if (pair.indexOf(';') >= 0) {
        throw SkaldException.of(ErrorKind.BAD_REQUEST, "invalid semicolon separator in query");
      }
      if (++count > COUNT_MAX) {
        throw new SkaldException(ErrorKind.LIMIT, "too many parameters: max=%d", COUNT_MAX);
      }
      int equals = pair.indexOf('=');
      String name = unescape(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : unescape(pair.substring(equals + 1));
      values.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
    }
  }

  /** The first value; empty if there is none. */
  String first(String name) {
    List<String> all = values.get(name);
    return all == null ? "" : all.getFirst();
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** All values of a repeated parameter. */
  List<String> all(String name) {
    return List.copyOf(values.getOrDefault(name, List.of()));
  }

  /** Percent escapes and {@code +} undone; the rest as UTF-8. */
  static String unescape(String text) {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      switch (bytes[i]) {
        case '+' -> out.write(' ');
        case '%' -> {
          int high = i + 1 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
          int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
          if (high < 0 || low < 0) {
            String escape =
                new String(bytes, i, Math.min(3, bytes.length - i), StandardCharsets.UTF_8);
            throw SkaldException.of(
                ErrorKind.BAD_REQUEST, "invalid URL escape " + Quoted.of(escape));
          }
          out.write(high << 4 | low);
          i += 2;
        }
        default -> out.write(bytes[i]);
      }
    }
    return text(out.toByteArray());
  }

  /** UTF-8; a broken sequence becomes an unpaired surrogate, which the parsers behind refuse. */
  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, StandardCharsets.UTF_8).replace('\uFFFD', '\uD800');
    }
  }
}
