package dev.skald.server.http;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The header X-Query-Tags: {@code name=value,name=value} (spec http-api.md 1.7). */
final class QueryTags {
  private static final String SIGNS = "-=.@, ";

  private QueryTags() {}

  /** In lower case; what is no pair is left out. */
  static Map<String, String> of(Exchange exchange) {
    return exchange.header("X-Query-Tags").map(QueryTags::parse).orElse(Map.of());
  }

  static Map<String, String> parse(String header) {
    Map<String, String> tags = new HashMap<>();
    for (String pair : clean(header).toLowerCase(Locale.ROOT).split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        tags.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
      }
    }
    return tags;
  }

  /** Fit for a log line: other characters become {@code _}. */
  private static String clean(String header) {
    StringBuilder clean = new StringBuilder(header.length());
    for (int i = 0; i < header.length(); i++) {
      char c = header.charAt(i);
      boolean isAllowed =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || SIGNS.indexOf(c) >= 0;
      clean.append(isAllowed ? c : '_');
    }
    return clean.toString();
  }
}
