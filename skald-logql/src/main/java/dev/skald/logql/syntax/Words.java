package dev.skald.logql.syntax;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words that LogQL keeps for itself (spec logql.md 2.3). */
final class Words {
  private static final Map<String, TokenKind> RESERVED =
      Stream.of(
              TokenKind.BY,
              TokenKind.WITHOUT,
              TokenKind.BOOL,
              TokenKind.OFFSET,
              TokenKind.ON,
              TokenKind.IGNORING,
              TokenKind.GROUP_LEFT,
              TokenKind.GROUP_RIGHT,
              TokenKind.OR,
              TokenKind.AND,
              TokenKind.UNLESS,
              TokenKind.JSON,
              TokenKind.REGEXP,
              TokenKind.LOGFMT,
              TokenKind.UNPACK,
              TokenKind.PATTERN,
              TokenKind.LABEL_FORMAT,
              TokenKind.LINE_FORMAT,
              TokenKind.DECOLORIZE,
              TokenKind.DROP,
              TokenKind.KEEP,
              TokenKind.UNWRAP)
          .collect(Collectors.toUnmodifiableMap(TokenKind::spelling, Function.identity()));

  private static final Map<String, TokenKind> CONTEXTUAL =
      Stream.of(
              Stream.of(MetricExpr.RangeFunction.values())
                  .map(MetricExpr.RangeFunction::text)
                  .distinct()
                  .map(f -> Map.entry(f, TokenKind.RANGE_FUNCTION)),
              Stream.of(MetricExpr.VectorOperator.values())
                  .map(o -> Map.entry(o.text(), TokenKind.VECTOR_OPERATOR)),
              Stream.of("bytes", "duration", "duration_seconds")
                  .map(c -> Map.entry(c, TokenKind.CONVERSION)),
              Stream.of(
                  Map.entry("ip", TokenKind.IP),
                  Map.entry("vector", TokenKind.VECTOR),
                  Map.entry("label_replace", TokenKind.LABEL_REPLACE),
                  Map.entry("variants", TokenKind.VARIANTS)))
          .flatMap(Function.identity())
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private Words() {}

  /** The kind of a word as it stands, whatever follows: IDENTIFIER unless reserved. */
  static TokenKind reserved(String word) {
    return RESERVED.getOrDefault(lower(word), TokenKind.IDENTIFIER);
  }

  /** The kind of a word that a parenthesis, or a grouping and a parenthesis, follows. */
  static TokenKind called(String word) {
    TokenKind function = CONTEXTUAL.get(lower(word));
    return function == null ? reserved(word) : function;
  }

  /** As Loki 3.5 to 3.7 take a token: they keep two more words for themselves. */
  static Token keptByLoki(Token token) {
    if (token.kind() != TokenKind.IDENTIFIER) {
      return token;
    }
    TokenKind kind =
        switch (lower(token.value())) {
          case "variants" -> TokenKind.VARIANTS;
          case "of" -> TokenKind.OF;
          default -> TokenKind.IDENTIFIER;
        };
    return new Token(kind, token.value(), token.number(), token.position(), token.span());
  }

  static boolean isFunction(String word) {
    return CONTEXTUAL.containsKey(lower(word));
  }

  static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}
