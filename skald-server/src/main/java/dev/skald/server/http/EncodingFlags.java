package dev.skald.server.http;

import java.util.Arrays;
import java.util.List;

/** {@code X-Loki-Response-Encoding-Flags} (spec http-api.md 1.7). */
final class EncodingFlags {
  private EncodingFlags() {}

  /** As given, unknown ones too. */
  static List<String> of(Exchange exchange) {
    return exchange.header("X-Loki-Response-Encoding-Flags").stream()
        .flatMap(flags -> Arrays.stream(flags.split(",")))
        .map(String::strip)
        .filter(flag -> !flag.isEmpty())
        .toList();
  }
}
