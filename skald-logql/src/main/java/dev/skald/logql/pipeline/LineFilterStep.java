package dev.skald.logql.pipeline;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.grep.AnyLiteralFinder;
import dev.skald.grep.LiteralFinder;
import dev.skald.grep.RegexFilter;
import dev.skald.grep.RegexSyntaxException;
import dev.skald.logql.syntax.Stage.LineFilter;
import dev.skald.logql.syntax.Stage.LineMatch;
import dev.skald.logql.syntax.Stage.Operand;
import dev.skald.model.Lines;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps lines that have one of some things, or none of them (spec logql.md 6.1). Immutable; one for
 * all threads.
 *
 * <p>On the lines of a page as they were stored, {@link #narrow} searches a fixed string in all of
 * them at once, end to end, and asks only where it is found in which line that is: a string that is
 * not there costs one pass over the bytes, whatever the number of lines.
 */
final class LineFilterStep implements Step {
  /** Searching end to end pays while at least one row in so many is selected. */
  private static final int DENSE_ROWS = 4;

  /** More strings than these are looked for together: one pass costs what some searches cost. */
  private static final int LITERALS_ONE_BY_ONE_MAX = 8;

  private final List<LineTest> alternatives;
  private final boolean negative;

  private LineFilterStep(List<LineTest> alternatives, boolean negative) {
    this.alternatives = List.copyOf(alternatives);
    this.negative = negative;
  }

  /**
   * @throws SkaldException BAD_REQUEST if an operand does not compile, or all expressions together
   *     are too large
   */
  static LineFilterStep compile(LineFilter stage) {
    List<Operand> asked = asked(stage);
    List<LineTest> alternatives = new ArrayList<>();
    for (Operand operand : asked) {
      if (!(operand instanceof Operand.Text)) {
        alternatives.add(test(stage.match(), operand));
      }
    }
    List<String> texts =
        asked.stream()
            .filter(Operand.Text.class::isInstance)
            .map(operand -> ((Operand.Text) operand).text())
            .toList();
    alternatives.addAll(tests(stage.match(), texts));
    return new LineFilterStep(alternatives, stage.match().negative());
  }

  /** Alternatives: many strings are looked for in one pass, and expressions become one. */
  private static List<LineTest> tests(LineMatch match, List<String> texts) {
    return switch (match) {
      case CONTAINS, NOT_CONTAINS -> {
        boolean many = texts.size() > LITERALS_ONE_BY_ONE_MAX;
        if (many && texts.stream().noneMatch(String::isEmpty)) {
          List<byte[]> needles = texts.stream().map(ByteSlice::utf8).toList();
          yield List.of(new LineTest.AnyLiteral(new AnyLiteralFinder(needles)));
        }
        yield texts.stream().map(text -> test(match, new Operand.Text(text))).toList();
      }
      case REGEX, NOT_REGEX ->
          texts.isEmpty()
              ? List.of()
              : List.of(
                  new LineTest.Regex(
                      regex(
                          texts.size() == 1
                              ? texts.getFirst()
                              : "(?:" + String.join(")|(?:", texts) + ")")));
      case PATTERN, NOT_PATTERN ->
          texts.stream().map(text -> test(match, new Operand.Text(text))).toList();
    };
  }

  /** The operands that count. */
  private static List<Operand> asked(LineFilter stage) {
    List<Operand> asked = new ArrayList<>();
    boolean chain = stage.operands().size() > 1;
    for (Operand operand : stage.operands()) {
      // The reference ignores empty operands in a positive chain; alone they keep every line. The
      // empty pattern is none of them: it matches empty lines.
      boolean ignored =
          chain
              && (stage.match() == LineMatch.CONTAINS || stage.match() == LineMatch.REGEX)
              && operand instanceof Operand.Text text
              && text.text().isEmpty();
      if (!ignored) {
        asked.add(operand);
      }
    }
    if (asked.isEmpty()) {
      asked.add(stage.operands().getFirst());
    }
    return asked;
  }

  private static LineTest test(LineMatch match, Operand operand) {
    return switch (operand) {
      case Operand.Ip ip -> IpFilter.compile(ip.pattern());
      case Operand.Text text ->
          switch (match) {
            case CONTAINS, NOT_CONTAINS ->
                new LineTest.Literal(new LiteralFinder(ByteSlice.utf8(text.text())));
            case REGEX, NOT_REGEX -> new LineTest.Regex(regex(text.text()));
            case PATTERN, NOT_PATTERN -> LinePatternFilter.compile(text.text());
          };
    };
  }

  private static RegexFilter regex(String expression) {
    try {
      return RegexFilter.compile(expression, RegexFilter.Anchor.NONE);
    } catch (RegexSyntaxException e) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, e.getMessage(), e);
    }
  }

  @Override
  public void apply(RowBatch batch) {
    batch.loadLines();
    batch.keep(
        place -> keeps(batch.lineBytesAt(place), batch.lineStartAt(place), batch.lineEndAt(place)));
  }

  /** Whether a line stays. */
  boolean keeps(byte[] bytes, int start, int end) {
    for (LineTest test : alternatives) {
      if (test.matches(bytes, start, end)) {
        return !negative;
      }
    }
    return negative;
  }

  /**
   * Narrows {@code rows[from .. to)}, ascending rows of a page, to those whose stored line stays.
   *
   * @return end of the rows that stay; they are {@code rows[from .. result)}
   */
  int narrow(Lines lines, int[] rows, int from, int to) {
    if (from == to) {
      return from;
    }
    if (alternatives.size() == 1 && alternatives.getFirst() instanceof LineTest.Regex(var filter)) {
      RegexFilter.Keep keep = negative ? RegexFilter.Keep.OTHERS : RegexFilter.Keep.MATCHES;
      return filter.narrow(lines.bytes(), lines.offsets(), rows, from, to, keep);
    }
    long span = (long) rows[to - 1] - rows[from] + 1;
    if (span <= (long) DENSE_ROWS * (to - from)
        && alternatives.size() == 1
        && alternatives.getFirst().canSearch()) {
      return narrowDense(alternatives.getFirst(), lines, rows, from, to);
    }
    int kept = from;
    for (int i = from; i < to; i++) {
      int row = rows[i];
      if (keeps(lines.bytes(), lines.start(row), lines.end(row))) {
        rows[kept++] = row;
      }
    }
    return kept;
  }

  /** As {@link #narrow}, hit by hit. */
  private int narrowDense(LineTest test, Lines lines, int[] rows, int from, int to) {
    byte[] bytes = lines.bytes();
    int end = lines.end(rows[to - 1]);
    int kept = from;
    int i = from; // rows before i are decided
    int at = lines.start(rows[from]);
    while (i < to) {
      int hit = test.search(bytes, at, end);
      int holder = hit < 0 ? to : rowAt(lines, rows, i, to, hit);
      if (negative) {
        for (; i < holder; i++) {
          rows[kept++] = rows[i];
        }
      }
      i = holder;
      if (i == to) {
        break;
      }
      int row = rows[i];
      if (hit < lines.start(row)) {
        at = lines.start(row); // the hit begins in a row that is not selected
        continue;
      }
      // The hit may run over the line's end, or not be all that is asked for: the line decides.
      boolean has = test.matches(bytes, lines.start(row), lines.end(row));
      if (has != negative) {
        rows[kept++] = row;
      }
      i++;
      at = lines.end(row);
    }
    return kept;
  }

  /**
   * The first of {@code rows[from .. to)} whose line ends behind {@code position}; {@code to} if
   * none does.
   */
  private static int rowAt(Lines lines, int[] rows, int from, int to, int position) {
    int low = from;
    int step = 1;
    while (low + step < to && lines.end(rows[low + step]) <= position) {
      low += step;
      step *= 2;
    }
    int high = Math.min(low + step, to);
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (lines.end(rows[middle]) <= position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
