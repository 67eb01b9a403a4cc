package dev.skald.logql.syntax;

import dev.skald.logql.syntax.MetricExpr.BinaryOperator;
import dev.skald.logql.syntax.MetricExpr.Cardinality;
import dev.skald.logql.syntax.MetricExpr.Grouping;
import dev.skald.logql.syntax.MetricExpr.LabelReplace;
import dev.skald.logql.syntax.MetricExpr.Literal;
import dev.skald.logql.syntax.MetricExpr.LogRange;
import dev.skald.logql.syntax.MetricExpr.Matching;
import dev.skald.logql.syntax.MetricExpr.OnKind;
import dev.skald.logql.syntax.MetricExpr.OnLabels;
import dev.skald.logql.syntax.MetricExpr.RangeFunction;
import dev.skald.logql.syntax.MetricExpr.VectorLiteral;
import dev.skald.logql.syntax.MetricExpr.VectorOperator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Parses whole queries: operators, aggregations, literals (spec logql.md 3). */
final class MetricParser {
  private final TokenReader in;
  private final StageParser stages;
  private final RangeParser ranges;
  private final Aggregations aggregations = new Aggregations();
  private final Dialect dialect;
  private final LogQueryParser logQueries;
  private final GroupingParser groupings;
  private final Set<String> bound = new HashSet<>();

  MetricParser(TokenReader in, Dialect dialect) {
    this.in = in;
    this.dialect = dialect;
    this.stages = new StageParser(in, dialect);
    this.ranges = new RangeParser(in, stages);
    this.groupings = new GroupingParser(in);
    this.logQueries = new LogQueryParser(in, stages, ranges, groupings, aggregations);
  }

  /** The whole text. */
  Expr query() {
    Expr query = dialect == Dialect.SKALD && atLet() ? program() : expression(0);
    if (!in.at(TokenKind.END)) {
      throw in.unexpected();
    }
    aggregations.throwFirstFault();
    return query;
  }

  /** {@code let} is a word like others unless a name and {@code =} follow. */
  private boolean atLet() {
    return in.isWordAt(0, "let")
        && in.kindAt(1) == TokenKind.IDENTIFIER
        && in.kindAt(2) == TokenKind.EQUAL;
  }

  private Expr program() {
    int start = in.start();
    List<MetricExpr.Binding> bindings = new ArrayList<>();
    while (atLet()) {
      in.next();
      Token name = in.next();
      in.next();
      if (Words.isFunction(name.value())) {
        throw name.position().error(name.value() + " is a function and cannot be bound by let");
      }
      if (!(expression(0) instanceof MetricExpr value)) {
        throw new LogqlSyntaxException(
            "parse error : let binds a metric expression, and " + name.value() + " is a log query");
      }
      if (!in.skip(TokenKind.SEMICOLON)) {
        throw in.peek()
            .position()
            .error("syntax error: unexpected " + in.peek().spelling() + ", expecting ;");
      }
      if (!bound.add(name.value())) {
        throw name.position().error(name.value() + " is bound twice by let");
      }
      bindings.add(new MetricExpr.Binding(name.value(), value));
    }
    Expr body = expression(0);
    return switch (body) {
      case LogExpr log -> log; // it cannot refer to what is bound
      case MetricExpr metric -> new MetricExpr.Program(bindings, metric, in.spanFrom(start));
    };
  }

  /** Operands joined by operators that bind at least as tightly as {@code level}. */
  private Expr expression(int level) {
    int depth = in.depth();
    int start = in.start();
    in.enter();
    Expr left = operand();
    in.leave();
    while (true) {
      Optional<BinaryOperator> operator = Operators.of(in.kind());
      if (operator.isEmpty() || Operators.level(operator.get()) < level) {
        in.leaveTo(depth);
        return left;
      }
      in.enter();
      in.next();
      Matching matching = matching();
      Expr right = expression(Operators.levelOfRightSide(operator.get()));
      left = Operators.join(operator.get(), left, right, matching, in.spanFrom(start));
    }
  }

  /** An expression where a log query has no meaning. */
  private MetricExpr metric() {
    in.enter();
    Expr inner = expression(0);
    in.leave();
    if (inner instanceof MetricExpr metric) {
      return metric;
    }
    // a log query may stand here only as the left side of an operator, which is refused for its
    // type
    throw in.unexpected();
  }

  private Expr operand() {
    return switch (in.kind()) {
      case OPEN_BRACE ->
          switch (dialect) {
            case LOKI -> logQuery();
            case SKALD -> logQueries.query();
          };
      case IDENTIFIER -> reference();
      case OPEN_PARENTHESIS -> {
        in.next();
        Expr inner = expression(0);
        if (!in.skip(TokenKind.CLOSE_PARENTHESIS)) {
          throw in.unexpected();
        }
        yield inner;
      }
      case NUMBER, ADD, SUBTRACT -> {
        int start = in.start();
        double value = LabelFilterParser.signed(in);
        yield new Literal(value, in.spanFrom(start));
      }
      case RANGE_FUNCTION -> rangeAggregation();
      case VECTOR_OPERATOR -> vectorAggregation();
      case VECTOR -> vector();
      case LABEL_REPLACE -> labelReplace();
      case VARIANTS -> variants();
      default -> throw in.unexpected();
    };
  }

  private LogExpr logQuery() {
    int start = in.start();
    Selector selector = stages.selector();
    List<Stage> pipeline = stages.stages();
    if (in.at(TokenKind.PIPE, TokenKind.UNWRAP)) {
      in.next();
      throw in.unexpected();
    }
    return new LogExpr(selector, pipeline, in.spanFrom(start));
  }

  /** A name that {@code let} has bound. */
  private MetricExpr reference() {
    if (!bound.contains(in.peek().value())) {
      throw in.unexpected();
    }
    int start = in.start();
    String name = in.next().value();
    return new MetricExpr.Reference(name, in.spanFrom(start));
  }

  private MetricExpr rangeAggregation() {
    int start = in.start();
    RangeFunction function = RangeFunction.valueOf(StageParser.upper(in.next().value()));
    in.expect(TokenKind.OPEN_PARENTHESIS);
    Token parameter = null;
    LogRange range;
    if (in.at(TokenKind.NUMBER)) {
      parameter = in.next();
      in.expect(TokenKind.COMMA);
      range = ranges.range(TokenKind.OPEN_BRACE, TokenKind.OPEN_PARENTHESIS);
    } else {
      range = ranges.range(TokenKind.NUMBER, TokenKind.OPEN_BRACE, TokenKind.OPEN_PARENTHESIS);
    }
    in.expect(TokenKind.CLOSE_PARENTHESIS);
    Grouping grouping = groupings.ifAny();
    return aggregations.range(function, parameter, range, grouping, in.spanFrom(start));
  }

  private MetricExpr vectorAggregation() {
    int start = in.start();
    VectorOperator operator = VectorOperator.valueOf(StageParser.upper(in.next().value()));
    Grouping grouping = groupings.ifAny();
    in.expect(TokenKind.OPEN_PARENTHESIS);
    Token parameter = null;
    if (in.at(TokenKind.NUMBER, TokenKind.COMMA)) {
      parameter = in.next();
      in.next();
    }
    MetricExpr inner = metric();
    if (!in.skip(TokenKind.CLOSE_PARENTHESIS)) {
      throw in.unexpected();
    }
    if (grouping == null) {
      grouping = groupings.ifAny();
    }
    return aggregations.vector(operator, parameter, inner, grouping, in.spanFrom(start));
  }

  private Matching matching() {
    boolean returnsBool = in.skip(TokenKind.BOOL);
    if (!in.at(TokenKind.ON) && !in.at(TokenKind.IGNORING)) {
      return new Matching(returnsBool, Optional.empty(), Cardinality.ONE_TO_ONE, List.of());
    }
    OnKind kind = in.next().kind() == TokenKind.ON ? OnKind.ON : OnKind.IGNORING;
    OnLabels on = new OnLabels(kind, groupings.labels());
    Cardinality cardinality = Cardinality.ONE_TO_ONE;
    List<String> include = List.of();
    if (in.at(TokenKind.GROUP_LEFT) || in.at(TokenKind.GROUP_RIGHT)) {
      boolean left = in.next().kind() == TokenKind.GROUP_LEFT;
      cardinality = left ? Cardinality.MANY_TO_ONE : Cardinality.ONE_TO_MANY;
      // a parenthesis behind group_left is always its list, never the right side
      include = in.at(TokenKind.OPEN_PARENTHESIS) ? groupings.labels() : include;
    }
    return new Matching(returnsBool, Optional.of(on), cardinality, include);
  }

  private MetricExpr vector() {
    int start = in.start();
    in.next();
    in.expect(TokenKind.OPEN_PARENTHESIS);
    double value = LabelFilterParser.number(in.expect(TokenKind.NUMBER));
    in.expect(TokenKind.CLOSE_PARENTHESIS);
    return new VectorLiteral(value, in.spanFrom(start));
  }

  private MetricExpr labelReplace() {
    int start = in.start();
    in.next();
    in.expect(TokenKind.OPEN_PARENTHESIS);
    MetricExpr inner = metric();
    if (!in.skip(TokenKind.COMMA)) {
      throw in.unexpected();
    }
    String target = in.expect(TokenKind.STRING).value();
    String replacement = nextArgument();
    String source = nextArgument();
    String regex = nextArgument();
    in.expect(TokenKind.CLOSE_PARENTHESIS);
    return aggregations.labelReplace(
        new LabelReplace(inner, target, replacement, source, regex, in.spanFrom(start)));
  }

  private String nextArgument() {
    in.expect(TokenKind.COMMA);
    return in.expect(TokenKind.STRING).value();
  }

  private MetricExpr variants() {
    int start = in.start();
    in.next();
    in.expect(TokenKind.OPEN_PARENTHESIS);
    List<MetricExpr> variants = new ArrayList<>();
    do {
      variants.add(metric());
    } while (in.skip(TokenKind.COMMA));
    in.expect(TokenKind.CLOSE_PARENTHESIS);
    if (!in.at(TokenKind.OF) && !in.isWordAt(0, "of")) {
      throw in.unexpected();
    }
    in.next();
    in.expect(TokenKind.OPEN_PARENTHESIS);
    LogRange of = ranges.range(TokenKind.OPEN_BRACE, TokenKind.OPEN_PARENTHESIS);
    in.expect(TokenKind.CLOSE_PARENTHESIS);
    return new MetricExpr.Variants(variants, of, in.spanFrom(start));
  }
}
