package dev.skald.logql.syntax;

import dev.skald.logql.syntax.MetricExpr.LogRange;
import dev.skald.logql.syntax.MetricExpr.Unwrap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses what a range function ranges over: selector, stages, unwrap, range and offset in the
 * orders that spec logql.md 3.1 lists.
 */
final class RangeParser {
  private final TokenReader in;
  private final StageParser stages;

  RangeParser(TokenReader in, StageParser stages) {
    this.in = in;
    this.stages = stages;
  }

  /** What stands before the range literal. */
  private record Head(Selector selector, List<Stage> stages, @Nullable Unwrap unwrap) {
    boolean isSelectorAlone() {
      return stages.isEmpty() && unwrap == null;
    }
  }

  /**
   * @param beginnings what may stand here besides a range, for the error message
   */
  LogRange range(TokenKind... beginnings) {
    int start = in.start();
    if (in.at(TokenKind.OPEN_BRACE)) {
      Head head = head();
      if (!in.at(TokenKind.RANGE)) {
        throw expectedRange(head);
      }
      return tail(head, start, in.spanFrom(start));
    }
    if (!in.at(TokenKind.OPEN_PARENTHESIS)) {
      throw in.unexpected(beginnings);
    }
    in.enter();
    LogRange range = parenthesised(start);
    in.leave();
    return range;
  }

  private LogRange parenthesised(int start) {
    in.expect(TokenKind.OPEN_PARENTHESIS);
    if (!in.at(TokenKind.OPEN_BRACE)) {
      LogRange inner = range(TokenKind.OPEN_BRACE, TokenKind.OPEN_PARENTHESIS);
      in.expect(TokenKind.CLOSE_PARENTHESIS);
      return inner;
    }
    int innerStart = in.start();
    Head head = head();
    Span log = in.spanFrom(innerStart);
    if (in.at(TokenKind.RANGE)) {
      LogRange inner = tail(head, innerStart, log);
      in.expect(TokenKind.CLOSE_PARENTHESIS);
      return inner;
    }
    if (!in.skip(TokenKind.CLOSE_PARENTHESIS)) {
      throw head.unwrap() == null
          ? in.unexpected()
          : in.unexpected(TokenKind.RANGE, TokenKind.CLOSE_PARENTHESIS, TokenKind.PIPE);
    }
    if (!in.at(TokenKind.RANGE)) {
      throw in.unexpected(TokenKind.RANGE);
    }
    return closedTail(head, start, log);
  }

  private Head head() {
    Selector selector = stages.selector();
    List<Stage> pipeline = stages.stages();
    Unwrap unwrap = in.at(TokenKind.PIPE, TokenKind.UNWRAP) ? stages.unwrap() : null;
    return new Head(selector, pipeline, unwrap);
  }

  private LogqlSyntaxException expectedRange(Head head) {
    return head.unwrap() == null ? in.unexpected() : in.unexpected(TokenKind.RANGE, TokenKind.PIPE);
  }

  /** The range and what may follow it; stages follow only where none stood before. */
  private LogRange tail(Head head, int start, Span log) {
    long rangeNanos = in.expect(TokenKind.RANGE).number();
    long offsetNanos = offset();
    List<Stage> pipeline = new ArrayList<>(head.stages());
    Unwrap unwrap = head.unwrap();
    if (head.isSelectorAlone()) {
      pipeline.addAll(stages.stages());
      unwrap = in.at(TokenKind.PIPE, TokenKind.UNWRAP) ? stages.unwrap() : null;
    }
    return new LogRange(
        new LogExpr(head.selector(), pipeline, log),
        unwrap,
        rangeNanos,
        offsetNanos,
        in.spanFrom(start));
  }

  /**
   * As {@link #tail}, behind a parenthesis that is closed: an unwrap may follow, but no other
   * stage.
   */
  private LogRange closedTail(Head head, int start, Span log) {
    long rangeNanos = in.expect(TokenKind.RANGE).number();
    long offsetNanos = offset();
    Unwrap unwrap = head.unwrap();
    if (head.isSelectorAlone() && in.at(TokenKind.PIPE)) {
      unwrap = stages.unwrap();
    }
    return new LogRange(
        new LogExpr(head.selector(), head.stages(), log),
        unwrap,
        rangeNanos,
        offsetNanos,
        in.spanFrom(start));
  }

  /** {@code offset 5m}; 0 if none follows. */
  long offset() {
    return in.skip(TokenKind.OFFSET) ? in.expect(TokenKind.DURATION).number() : 0;
  }
}
