package dev.skald.logql.syntax;

import dev.skald.logql.syntax.LabelCondition.Comparison;
import dev.skald.model.Matcher;
import java.util.Optional;

/**
 * Parses the conditions of label filters. {@code and} binds tighter than {@code or}; a comma, or
 * nothing at all, between two conditions has no precedence and takes all that follows as its right
 * side (spec logql.md 3.3).
 */
final class LabelFilterParser {
  private static final int OR_LEVEL = 1;
  private static final int AND_LEVEL = 2;

  private final TokenReader in;
  private final Names names;
  private final BadNumbers badNumbers;

  /** What a name stands for. */
  enum Names {
    LABELS,
    /** {@code __timestamp__} is the entry's time. */
    LABELS_AND_TIME
  }

  /** What a number is that does not convert. */
  enum BadNumbers {
    ERROR,
    ZERO
  }

  LabelFilterParser(TokenReader in, Names names, BadNumbers badNumbers) {
    this.in = in;
    this.names = names;
    this.badNumbers = badNumbers;
  }

  /** The conditions of filters on entries. */
  static LabelFilterParser of(TokenReader in, Dialect dialect) {
    return switch (dialect) {
      case SKALD -> new LabelFilterParser(in, Names.LABELS_AND_TIME, BadNumbers.ERROR);
      case LOKI -> new LabelFilterParser(in, Names.LABELS, BadNumbers.ZERO);
    };
  }

  /** A whole condition; the caller has seen an identifier or a parenthesis. */
  LabelCondition condition() {
    return condition(0);
  }

  /** Conditions joined by operators that bind tighter than {@code level}. */
  private LabelCondition condition(int level) {
    int depth = in.depth();
    LabelCondition left = single();
    while (true) {
      in.enter();
      switch (in.kind()) {
        case AND -> {
          if (level >= AND_LEVEL) {
            in.leaveTo(depth);
            return left;
          }
          in.next();
          left = new LabelCondition.And(left, operand(AND_LEVEL));
        }
        case OR -> {
          if (level >= OR_LEVEL) {
            in.leaveTo(depth);
            return left;
          }
          in.next();
          left = new LabelCondition.Or(left, operand(OR_LEVEL));
        }
        case COMMA -> {
          in.next();
          left = new LabelCondition.And(left, operand(0));
        }
        case IDENTIFIER, OPEN_PARENTHESIS -> left = new LabelCondition.And(left, condition(0));
        default -> {
          in.leaveTo(depth);
          return left;
        }
      }
    }
  }

  private LabelCondition operand(int level) {
    if (!in.at(TokenKind.IDENTIFIER) && !in.at(TokenKind.OPEN_PARENTHESIS)) {
      throw in.unexpected(TokenKind.IDENTIFIER, TokenKind.OPEN_PARENTHESIS);
    }
    return condition(level);
  }

  private LabelCondition single() {
    if (in.skip(TokenKind.OPEN_PARENTHESIS)) {
      in.enter();
      LabelCondition inner = operand(0);
      in.leave();
      if (!in.skip(TokenKind.CLOSE_PARENTHESIS)) {
        throw in.unexpected();
      }
      return inner;
    }
    String name = in.expect(TokenKind.IDENTIFIER).value();
    if (names == Names.LABELS_AND_TIME && name.equals(LabelCondition.Timestamp.NAME)) {
      Optional<LabelCondition> timestamp = new TimestampParser(in).condition();
      if (timestamp.isPresent()) {
        return timestamp.get();
      }
    }
    return switch (in.kind()) {
      case REGEX -> text(name, Matcher.Op.REGEX);
      case NOT_REGEX -> text(name, Matcher.Op.NOT_REGEX);
      case EQUAL -> equality(name, Matcher.Op.EQUAL, Comparison.EQUAL);
      case NOT_EQUAL -> equality(name, Matcher.Op.NOT_EQUAL, Comparison.NOT_EQUAL);
      case COMPARE_EQUAL -> quantity(name, Comparison.EQUAL);
      case GREATER -> quantity(name, Comparison.GREATER);
      case GREATER_OR_EQUAL -> quantity(name, Comparison.GREATER_OR_EQUAL);
      case LESS -> quantity(name, Comparison.LESS);
      case LESS_OR_EQUAL -> quantity(name, Comparison.LESS_OR_EQUAL);
      default -> throw in.unexpected();
    };
  }

  private LabelCondition text(String name, Matcher.Op op) {
    in.next();
    return checked(new Matcher(name, op, in.expect(TokenKind.STRING).value()));
  }

  private static LabelCondition checked(Matcher matcher) {
    Regexes.fault(matcher)
        .ifPresent(
            fault -> {
              throw new LogqlSyntaxException("parse error : " + fault);
            });
    return new LabelCondition.Text(matcher);
  }

  /** Behind {@code =} and {@code !=} anything may stand. */
  private LabelCondition equality(String name, Matcher.Op op, Comparison comparison) {
    in.next();
    if (in.at(TokenKind.STRING)) {
      return new LabelCondition.Text(new Matcher(name, op, in.next().value()));
    }
    if (in.at(TokenKind.IP)) {
      return new LabelCondition.Ip(name, comparison, ipPattern(in));
    }
    return quantityBehind(name, comparison);
  }

  private LabelCondition quantity(String name, Comparison comparison) {
    in.next();
    return quantityBehind(name, comparison);
  }

  private LabelCondition quantityBehind(String name, Comparison comparison) {
    return switch (in.kind()) {
      case DURATION -> new LabelCondition.Duration(name, comparison, in.next().number());
      case BYTES -> new LabelCondition.Bytes(name, comparison, in.next().number());
      case NUMBER, ADD, SUBTRACT -> new LabelCondition.Numeric(name, comparison, compared());
      default -> throw in.unexpected();
    };
  }

  /** In Loki's dialect a number that does not convert, as 0x10, is 0 (spec logql.md 2.6). */
  private double compared() {
    boolean negative = skipSign(in);
    String text = in.expect(TokenKind.NUMBER).value();
    try {
      double value = NumberText.parse(text);
      return negative ? -value : value;
    } catch (NumberFormatException e) {
      if (badNumbers == BadNumbers.ZERO) {
        return 0;
      }
      throw notFloat(e);
    }
  }

  /** A number with an optional sign before it. */
  static double signed(TokenReader in) {
    boolean negative = skipSign(in);
    double value = number(in.expect(TokenKind.NUMBER));
    return negative ? -value : value;
  }

  private static boolean skipSign(TokenReader in) {
    boolean negative = in.at(TokenKind.SUBTRACT);
    if (negative || in.at(TokenKind.ADD)) {
      in.next();
    }
    return negative;
  }

  static double number(Token token) {
    try {
      return NumberText.parse(token.value());
    } catch (NumberFormatException e) {
      throw notFloat(e);
    }
  }

  private static LogqlSyntaxException notFloat(NumberFormatException e) {
    return new LogqlSyntaxException(
        "parse error : unable to parse literal as a float: " + e.getMessage());
  }

  /** {@code ip("10.0.0.0/8")}: the text in quotes. */
  static String ipPattern(TokenReader in) {
    in.expect(TokenKind.IP);
    in.expect(TokenKind.OPEN_PARENTHESIS);
    String pattern = in.expect(TokenKind.STRING).value();
    in.expect(TokenKind.CLOSE_PARENTHESIS);
    return pattern;
  }
}
