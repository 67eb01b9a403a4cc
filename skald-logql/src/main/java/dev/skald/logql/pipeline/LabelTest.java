package dev.skald.logql.pipeline;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.grep.RegexFilter;
import dev.skald.grep.RegexSyntaxException;
import dev.skald.logql.pipeline.RowBatch.PlaceTest;
import dev.skald.logql.syntax.LabelCondition;
import dev.skald.logql.syntax.LabelCondition.Comparison;
import dev.skald.model.Matcher;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A condition on labels, compiled (spec logql.md 6.9). Immutable; shared by threads. */
@FunctionalInterface
interface LabelTest {
  /** The condition for the rows of one batch; one thread. */
  PlaceTest bind(RowBatch batch);

  /**
   * @throws SkaldException BAD_REQUEST for an expression that does not compile
   */
  static LabelTest of(LabelCondition condition) {
    return switch (condition) {
      case LabelCondition.Text text -> of(text.matcher());
      case LabelCondition.Numeric c -> batch -> numeric(batch, c);
      case LabelCondition.Duration c -> batch -> duration(batch, c);
      case LabelCondition.Bytes c -> batch -> bytes(batch, c);
      case LabelCondition.Ip c -> ip(c);
      case LabelCondition.Timestamp c -> {
        LabelTest ofLabel = of(c.ofLabel());
        yield batch -> timestamp(batch, c.comparison(), c.epochNanos(), ofLabel.bind(batch));
      }
      case LabelCondition.TimestampText c -> {
        LabelTest ofLabel = ofTimestampLabel(c);
        yield batch -> timestamp(batch, c.comparison(), c.epochNanos(), ofLabel.bind(batch));
      }
      case LabelCondition.And(LabelCondition left, LabelCondition right) -> {
        LabelTest first = of(left);
        LabelTest second = of(right);
        yield batch -> both(first.bind(batch), second.bind(batch));
      }
      case LabelCondition.Or(LabelCondition left, LabelCondition right) -> {
        LabelTest first = of(left);
        LabelTest second = of(right);
        yield batch -> either(first.bind(batch), second.bind(batch));
      }
    };
  }

  private static PlaceTest both(PlaceTest left, PlaceTest right) {
    return place -> {
      boolean first = left.test(place);
      // Asked even if the first has failed: it may set the row's error.
      boolean second = right.test(place);
      return first && second;
    };
  }

  private static PlaceTest either(PlaceTest left, PlaceTest right) {
    return place -> left.test(place) || right.test(place);
  }

  /** A comparison of texts; a missing label is the empty text, and the error state can be seen. */
  static LabelTest of(Matcher matcher) {
    return switch (matcher.op()) {
      case EQUAL -> batch -> equalTo(batch, matcher);
      case NOT_EQUAL -> batch -> not(equalTo(batch, matcher));
      case REGEX -> {
        RegexFilter regex = regex(matcher.value());
        yield batch -> matching(batch, matcher.name(), regex);
      }
      case NOT_REGEX -> {
        RegexFilter regex = regex(matcher.value());
        yield batch -> not(matching(batch, matcher.name(), regex));
      }
    };
  }

  /**
   * Null for the empty expression: dashboards write it for "any value", and the reference takes it
   * so.
   */
  private static @Nullable RegexFilter regex(String expression) {
    if (expression.isEmpty()) {
      return null;
    }
    try {
      return RegexFilter.compile(expression, RegexFilter.Anchor.WHOLE);
    } catch (RegexSyntaxException e) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, e.getMessage(), e);
    }
  }

  private static PlaceTest not(PlaceTest test) {
    return place -> !test.test(place);
  }

  private static PlaceTest equalTo(RowBatch batch, Matcher matcher) {
    int nameId = batch.names().id(matcher.name());
    if (isErrorName(nameId)) {
      return place -> orEmpty(batch.text(place, nameId)).equals(matcher.value());
    }
    byte[] wanted = ByteSlice.utf8(matcher.value());
    return new DistinctTest(batch, nameId, wanted.length == 0) {
      @Override
      boolean test(byte[] bytes, int start, int end) {
        return Arrays.equals(bytes, start, end, wanted, 0, wanted.length);
      }
    };
  }

  private static PlaceTest matching(RowBatch batch, String name, @Nullable RegexFilter regex) {
    if (regex == null) {
      return _ -> true;
    }
    int nameId = batch.names().id(name);
    if (isErrorName(nameId)) {
      return place -> regex.matches(orEmpty(batch.text(place, nameId)));
    }
    return new DistinctTest(batch, nameId, regex.matches("")) {
      @Override
      boolean test(byte[] bytes, int start, int end) {
        return regex.matches(bytes, start, end);
      }
    };
  }

  private static boolean isErrorName(int nameId) {
    return nameId == NameTable.ERROR || nameId == NameTable.ERROR_DETAILS;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static PlaceTest numeric(RowBatch batch, LabelCondition.Numeric c) {
    GoNumbers numbers = new GoNumbers();
    return new Converted(batch, c.name()) {
      @Override
      public boolean test(int place) {
        double number = batch.findNumber(place, nameId);
        return Double.isFinite(number) ? compare(number) : super.test(place);
      }

      @Override
      @Nullable String convert(ByteSlice value) {
        return numbers.readFloat(value.bytes, value.start, value.end);
      }

      @Override
      boolean compare() {
        return compare(numbers.number);
      }

      private boolean compare(double x) {
        return switch (c.comparison()) {
          case EQUAL -> x == c.value();
          case NOT_EQUAL -> x != c.value();
          case GREATER -> x > c.value();
          case GREATER_OR_EQUAL -> x >= c.value();
          case LESS -> x < c.value();
          case LESS_OR_EQUAL -> x <= c.value();
        };
      }
    };
  }

  private static PlaceTest duration(RowBatch batch, LabelCondition.Duration c) {
    GoNumbers numbers = new GoNumbers();
    return new Converted(batch, c.name()) {
      @Override
      @Nullable String convert(ByteSlice value) {
        return numbers.readDuration(value.bytes, value.start, value.end);
      }

      @Override
      boolean compare() {
        return holds(c.comparison(), Long.compare(numbers.nanos, c.nanos()));
      }
    };
  }

  private static PlaceTest bytes(RowBatch batch, LabelCondition.Bytes c) {
    GoNumbers numbers = new GoNumbers();
    return new Converted(batch, c.name()) {
      @Override
      @Nullable String convert(ByteSlice value) {
        return numbers.readSize(value.bytes, value.start, value.end);
      }

      @Override
      boolean compare() {
        return holds(c.comparison(), Long.compareUnsigned(numbers.size, c.bytes()));
      }
    };
  }

  /** Of the entry's own time, where there is no label of the name that stands for it. */
  private static PlaceTest timestamp(
      RowBatch batch, Comparison comparison, long epochNanos, PlaceTest ofLabel) {
    int nameId = batch.names().id(LabelCondition.Timestamp.NAME);
    ByteSlice value = new ByteSlice();
    return place ->
        batch.find(place, nameId, value)
            ? ofLabel.test(place)
            : holds(comparison, Long.compare(batch.timestampAt(place), epochNanos));
  }

  /** LogQL compares a label with a text for equality alone. */
  private static LabelTest ofTimestampLabel(LabelCondition.TimestampText c) {
    return switch (c.comparison()) {
      case EQUAL -> of(new Matcher(LabelCondition.Timestamp.NAME, Matcher.Op.EQUAL, c.text()));
      case NOT_EQUAL ->
          of(new Matcher(LabelCondition.Timestamp.NAME, Matcher.Op.NOT_EQUAL, c.text()));
      case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL -> _ -> _ -> false;
    };
  }

  private static boolean holds(Comparison comparison, int order) {
    return switch (comparison) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
    };
  }

  private static LabelTest ip(LabelCondition.Ip c) {
    IpFilter filter = IpFilter.compile(c.pattern());
    boolean wanted = c.comparison() == Comparison.EQUAL;
    return batch -> {
      int nameId = batch.names().id(c.name());
      ByteSlice value = new ByteSlice();
      return place ->
          batch.hasErrorAt(place)
              || (batch.find(place, nameId, value)
                  && filter.matches(value.bytes, value.start, value.end) == wanted);
    };
  }

  /**
   * A comparison of what a value says. Without the label it fails; what cannot be converted passes,
   * as an error.
   */
  abstract class Converted implements PlaceTest {
    private final RowBatch batch;
    final int nameId;
    private final ByteSlice value = new ByteSlice();

    Converted(RowBatch batch, String name) {
      this.batch = batch;
      nameId = batch.names().id(name);
    }

    /** Returns what is wrong, or null. */
    abstract @Nullable String convert(ByteSlice source);

    /** Of what was converted last. */
    abstract boolean compare();

    @Override
    public boolean test(int place) {
      if (!batch.find(place, nameId, value)) {
        return false;
      }
      String fault = convert(value);
      if (fault == null) {
        return compare();
      }
      if (!batch.hasErrorAt(place)) {
        batch.setError(place, ParserErrors.LABEL_FILTER, fault);
      }
      return true;
    }
  }
}
