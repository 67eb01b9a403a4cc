package dev.skald.logql.syntax;

import dev.skald.logql.syntax.Stage.Extraction;
import dev.skald.logql.syntax.Stage.LineMatch;
import dev.skald.logql.syntax.Stage.LogfmtFlag;
import dev.skald.model.Matcher;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** Parses selectors and the stages behind them (spec logql.md 3 and 6). */
final class StageParser {
  private final TokenReader in;
  private final LabelFilterParser conditions;

  StageParser(TokenReader in, Dialect dialect) {
    this(in, LabelFilterParser.of(in, dialect));
  }

  StageParser(TokenReader in, LabelFilterParser conditions) {
    this.in = in;
    this.conditions = conditions;
  }

  /** {@code {a="b"}}; the caller has seen the brace. */
  Selector selector() {
    int start = in.start();
    in.expect(TokenKind.OPEN_BRACE);
    List<Matcher> matchers = new ArrayList<>();
    if (in.skip(TokenKind.CLOSE_BRACE)) {
      return new Selector(matchers, in.spanFrom(start));
    }
    if (!in.at(TokenKind.IDENTIFIER)) {
      throw in.unexpected(TokenKind.IDENTIFIER, TokenKind.CLOSE_BRACE);
    }
    do {
      String name = in.expect(TokenKind.IDENTIFIER).value();
      if (!atMatcherOperator()) {
        throw in.unexpected(
            TokenKind.EQUAL, TokenKind.REGEX, TokenKind.NOT_REGEX, TokenKind.NOT_EQUAL);
      }
      matchers.add(matcher(name));
    } while (in.skip(TokenKind.COMMA));
    if (!in.skip(TokenKind.CLOSE_BRACE)) {
      throw in.unexpected(TokenKind.CLOSE_BRACE, TokenKind.COMMA);
    }
    return new Selector(matchers, in.spanFrom(start));
  }

  private boolean atMatcherOperator() {
    return switch (in.kind()) {
      case EQUAL, NOT_EQUAL, REGEX, NOT_REGEX -> true;
      default -> false;
    };
  }

  /** The operator and the text of a matcher. */
  private Matcher matcher(String name) {
    Matcher.Op op =
        switch (in.next().kind()) {
          case NOT_EQUAL -> Matcher.Op.NOT_EQUAL;
          case REGEX -> Matcher.Op.REGEX;
          case NOT_REGEX -> Matcher.Op.NOT_REGEX;
          default -> Matcher.Op.EQUAL;
        };
    Matcher matcher = new Matcher(name, op, in.expect(TokenKind.STRING).value());
    Regexes.fault(matcher)
        .ifPresent(
            fault -> {
              throw new LogqlSyntaxException("parse error : " + fault);
            });
    return matcher;
  }

  /** All stages up to the first token that begins none; {@code | unwrap} is left where it is. */
  List<Stage> stages() {
    List<Stage> stages = new ArrayList<>();
    while (atStage()) {
      stages.add(stage());
    }
    return stages;
  }

  /**
   * As {@link #stages}, of a log query in {@link Dialect#SKALD}: {@code | unwrap x} is one of the
   * stages, and {@link QueryEnd} is left where it is.
   */
  List<Stage> logStages() {
    List<Stage> stages = new ArrayList<>();
    while (!QueryEnd.isAt(in)) {
      if (in.at(TokenKind.PIPE, TokenKind.UNWRAP) && isUnwrapTarget(in.kindAt(2))) {
        int start = in.start();
        in.next();
        in.next();
        Target target = unwrapTarget();
        stages.add(new Stage.Unwrap(target.conversion, target.label, in.spanFrom(start)));
      } else if (atStage()) {
        stages.add(stage());
      } else {
        break;
      }
    }
    return stages;
  }

  private static boolean isUnwrapTarget(TokenKind kind) {
    return kind == TokenKind.IDENTIFIER || kind == TokenKind.CONVERSION;
  }

  private boolean atStage() {
    return switch (in.kind()) {
      case PIPE -> !in.at(TokenKind.PIPE, TokenKind.UNWRAP);
      case PIPE_EXACT, PIPE_REGEX, PIPE_PATTERN, NOT_EQUAL, NOT_REGEX, NOT_PATTERN -> true;
      default -> false;
    };
  }

  private Stage stage() {
    return switch (in.kind()) {
      case PIPE_EXACT -> lineFilter(LineMatch.CONTAINS);
      case PIPE_REGEX -> lineFilter(LineMatch.REGEX);
      case PIPE_PATTERN -> lineFilter(LineMatch.PATTERN);
      case NOT_EQUAL -> lineFilter(LineMatch.NOT_CONTAINS);
      case NOT_REGEX -> lineFilter(LineMatch.NOT_REGEX);
      case NOT_PATTERN -> lineFilter(LineMatch.NOT_PATTERN);
      default -> pipedStage();
    };
  }

  private Stage lineFilter(LineMatch match) {
    int start = in.start();
    List<Stage.Operand> operands = new ArrayList<>();
    do {
      in.next();
      switch (in.kind()) {
        case STRING -> operands.add(new Stage.Operand.Text(in.next().value()));
        case IP -> operands.add(new Stage.Operand.Ip(LabelFilterParser.ipPattern(in)));
        default -> throw in.unexpected(TokenKind.STRING, TokenKind.IP);
      }
    } while (in.at(TokenKind.OR));
    return new Stage.LineFilter(match, operands, in.spanFrom(start));
  }

  private Stage pipedStage() {
    int start = in.start();
    in.expect(TokenKind.PIPE);
    return switch (in.kind()) {
      case JSON -> {
        in.next();
        List<Extraction> extractions = extractions();
        yield new Stage.Json(extractions, in.spanFrom(start));
      }
      case LOGFMT -> logfmt(start);
      case REGEXP -> regexp(start);
      case PATTERN -> pattern(start);
      case UNPACK -> {
        in.next();
        yield new Stage.Unpack(in.spanFrom(start));
      }
      case LINE_FORMAT -> {
        in.next();
        String template = in.expect(TokenKind.STRING).value();
        yield new Stage.LineFormat(template, in.spanFrom(start));
      }
      case LABEL_FORMAT -> labelFormat(start);
      case DECOLORIZE -> {
        in.next();
        yield new Stage.Decolorize(in.spanFrom(start));
      }
      case DROP -> {
        List<Stage.Named> labels = named();
        yield new Stage.Drop(labels, in.spanFrom(start));
      }
      case KEEP -> {
        List<Stage.Named> labels = named();
        yield new Stage.Keep(labels, in.spanFrom(start));
      }
      case IDENTIFIER, OPEN_PARENTHESIS -> labelFilter(start);
      default -> throw in.unexpected();
    };
  }

  /** A condition; the caller has taken the {@code |} that stood at {@code start}. */
  Stage.LabelFilter labelFilter(int start) {
    LabelCondition condition = conditions.condition();
    return new Stage.LabelFilter(condition, in.spanFrom(start));
  }

  /** {@code x="y", z} behind {@code json} and {@code logfmt}; empty if none follows. */
  private List<Extraction> extractions() {
    List<Extraction> extractions = new ArrayList<>();
    if (!in.at(TokenKind.IDENTIFIER)) {
      return extractions;
    }
    do {
      String name = in.expect(TokenKind.IDENTIFIER).value();
      boolean hasExpression = in.skip(TokenKind.EQUAL);
      extractions.add(
          new Extraction(name, hasExpression ? in.expect(TokenKind.STRING).value() : name));
    } while (in.skip(TokenKind.COMMA));
    return extractions;
  }

  private Stage logfmt(int start) {
    in.next();
    EnumSet<LogfmtFlag> flags = EnumSet.noneOf(LogfmtFlag.class);
    while (in.at(TokenKind.FUNCTION_FLAG)) {
      boolean strict = in.next().value().equals(LogfmtFlag.STRICT.text());
      flags.add(strict ? LogfmtFlag.STRICT : LogfmtFlag.KEEP_EMPTY);
    }
    List<Extraction> extractions = extractions();
    return new Stage.Logfmt(List.copyOf(flags), extractions, in.spanFrom(start));
  }

  private Stage regexp(int start) {
    in.next();
    String expression = in.expect(TokenKind.STRING).value();
    Optional<String> fault = Regexes.stageFault(expression);
    if (fault.isPresent()) {
      throw new LogqlSyntaxException("parse error : invalid regexp parser: " + fault.get());
    }
    return new Stage.Regexp(expression, in.spanFrom(start));
  }

  private Stage pattern(int start) {
    in.next();
    String pattern = in.expect(TokenKind.STRING).value();
    try {
      CapturePattern.parse(pattern);
    } catch (ExpressionException e) {
      throw new LogqlSyntaxException("parse error : invalid pattern parser: " + e.getMessage());
    }
    return new Stage.Pattern(pattern, in.spanFrom(start));
  }

  private Stage labelFormat(int start) {
    List<Stage.Format> formats = new ArrayList<>();
    do {
      in.next();
      String target = in.expect(TokenKind.IDENTIFIER).value();
      in.expect(TokenKind.EQUAL);
      switch (in.kind()) {
        case IDENTIFIER -> formats.add(new Stage.Format.Rename(target, in.next().value()));
        case STRING -> formats.add(new Stage.Format.Template(target, in.next().value()));
        default -> throw in.unexpected(TokenKind.IDENTIFIER, TokenKind.STRING);
      }
    } while (in.at(TokenKind.COMMA));
    return new Stage.LabelFormat(formats, in.spanFrom(start));
  }

  private List<Stage.Named> named() {
    List<Stage.Named> labels = new ArrayList<>();
    do {
      in.next();
      String name = in.expect(TokenKind.IDENTIFIER).value();
      labels.add(
          atMatcherOperator()
              ? new Stage.Named.Matching(matcher(name))
              : new Stage.Named.Name(name));
    } while (in.at(TokenKind.COMMA));
    return labels;
  }

  /** {@code | unwrap duration(x) | a="b"}; the caller has seen the first two tokens. */
  MetricExpr.Unwrap unwrap() {
    int start = in.start();
    in.expect(TokenKind.PIPE);
    if (!in.at(TokenKind.UNWRAP)) {
      throw in.unexpected(TokenKind.UNWRAP);
    }
    in.next();
    Target target = unwrapTarget();
    List<Stage.LabelFilter> filters = new ArrayList<>();
    while (in.at(TokenKind.PIPE)) {
      int filterStart = in.start();
      in.next();
      if (!in.at(TokenKind.IDENTIFIER) && !in.at(TokenKind.OPEN_PARENTHESIS)) {
        throw in.unexpected(TokenKind.IDENTIFIER, TokenKind.OPEN_PARENTHESIS);
      }
      filters.add(labelFilter(filterStart));
    }
    return new MetricExpr.Unwrap(target.conversion, target.label, filters, in.spanFrom(start));
  }

  /** What is unwrapped. */
  private record Target(MetricExpr.Conversion conversion, String label) {}

  private Target unwrapTarget() {
    return switch (in.kind()) {
      case IDENTIFIER -> new Target(MetricExpr.Conversion.NONE, in.next().value());
      case CONVERSION -> {
        MetricExpr.Conversion conversion = MetricExpr.Conversion.valueOf(upper(in.next().value()));
        in.expect(TokenKind.OPEN_PARENTHESIS);
        String label = in.expect(TokenKind.IDENTIFIER).value();
        in.expect(TokenKind.CLOSE_PARENTHESIS);
        yield new Target(conversion, label);
      }
      default -> throw in.peek().position().error(notUnwrapTarget(in.peek()));
    };
  }

  private static String notUnwrapTarget(Token token) {
    return "syntax error: unexpected "
        + token.spelling()
        + ", expecting IDENTIFIER or BYTES_CONV or DURATION_CONV or DURATION_SECONDS_CONV";
  }

  static String upper(String word) {
    return word.toUpperCase(java.util.Locale.ROOT);
  }
}
