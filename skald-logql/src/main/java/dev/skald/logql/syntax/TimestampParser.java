package dev.skald.logql.syntax;

import dev.skald.logql.syntax.LabelCondition.Comparison;
import java.math.BigDecimal;
import java.util.Optional;

/** Parses what may follow the name {@code __timestamp__} in a condition. */
final class TimestampParser {
  private final TokenReader in;

  TimestampParser(TokenReader in) {
    this.in = in;
  }

  /** Empty, and nothing taken, if this is a condition like those on any label. */
  Optional<LabelCondition> condition() {
    Optional<Comparison> comparison = comparison(in.kind());
    if (comparison.isEmpty()) {
      return Optional.empty();
    }
    return switch (in.kindAt(1)) {
      case STRING -> text(comparison.get());
      case NUMBER, ADD, SUBTRACT -> {
        in.next();
        yield Optional.of(new LabelCondition.Timestamp(comparison.get(), number()));
      }
      default -> Optional.empty();
    };
  }

  private static Optional<Comparison> comparison(TokenKind kind) {
    return switch (kind) {
      case EQUAL, COMPARE_EQUAL -> Optional.of(Comparison.EQUAL);
      case NOT_EQUAL -> Optional.of(Comparison.NOT_EQUAL);
      case GREATER -> Optional.of(Comparison.GREATER);
      case GREATER_OR_EQUAL -> Optional.of(Comparison.GREATER_OR_EQUAL);
      case LESS -> Optional.of(Comparison.LESS);
      case LESS_OR_EQUAL -> Optional.of(Comparison.LESS_OR_EQUAL);
      default -> Optional.empty();
    };
  }

  /** LogQL takes any text behind {@code =} and {@code !=}, and none behind the others. */
  private Optional<LabelCondition> text(Comparison comparison) {
    Token text = in.peek(1);
    boolean isMatcher = in.at(TokenKind.EQUAL) || in.at(TokenKind.NOT_EQUAL);
    if (TimeNumber.epochNanos(text.value()).isPresent()) {
      in.next();
      in.next();
      return Optional.of(new LabelCondition.TimestampText(comparison, text.value()));
    }
    if (isMatcher) {
      return Optional.empty();
    }
    throw text.position().error("not a time as RFC 3339 writes it: " + text.value());
  }

  /** Exact, where it is written in digits: nanoseconds since the epoch are too many for a double. */
  private BigDecimal number() {
    boolean negative = in.at(TokenKind.SUBTRACT);
    if (negative || in.at(TokenKind.ADD)) {
      in.next();
    }
    Token token = in.expect(TokenKind.NUMBER);
    double rounded = LabelFilterParser.number(token);
    BigDecimal exact = exact(token.value(), rounded);
    return negative ? exact.negate() : exact;
  }

  private static BigDecimal exact(String text, double rounded) {
    if (rounded == 0) {
      return BigDecimal.ZERO; // whatever the exponent
    }
    try {
      return new BigDecimal(text.replace("_", ""));
    } catch (NumberFormatException _) {
      return new BigDecimal(rounded); // hexadecimal
    }
  }
}
