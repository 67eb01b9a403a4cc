package dev.skald.logql.syntax;

import dev.skald.model.Matcher;
import java.util.List;

/** One stage of a pipeline. */
public sealed interface Stage {
  Span span();

  /**
   * {@code |= "a" or ip("10.0.0.0/8")}: the operands are alternatives (for negative operators: none
   * of them).
   */
  record LineFilter(LineMatch match, List<Operand> operands, Span span) implements Stage {
    public LineFilter {
      operands = List.copyOf(operands);
    }
  }

  /** How a line filter compares. */
  enum LineMatch {
    CONTAINS("|="),
    NOT_CONTAINS("!="),
    REGEX("|~"),
    NOT_REGEX("!~"),
    PATTERN("|>"),
    NOT_PATTERN("!>");

    private final String text;

    LineMatch(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }

    public boolean negative() {
      return this == NOT_CONTAINS || this == NOT_REGEX || this == NOT_PATTERN;
    }
  }

  /** What a line filter looks for. */
  sealed interface Operand {
    record Text(String text) implements Operand {}

    record Ip(String pattern) implements Operand {}
  }

  /** {@code json}, or with a list {@code json a="x.y", b}: then only these are extracted. */
  record Json(List<Extraction> extractions, Span span) implements Stage {
    public Json {
      extractions = List.copyOf(extractions);
    }
  }

  record Logfmt(List<LogfmtFlag> flags, List<Extraction> extractions, Span span) implements Stage {
    public Logfmt {
      flags = List.copyOf(flags);
      extractions = List.copyOf(extractions);
    }
  }

  enum LogfmtFlag {
    STRICT("--strict"),
    KEEP_EMPTY("--keep-empty");

    private final String text;

    LogfmtFlag(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  /** {@code identifier="expression"}; a bare {@code x} is {@code x="x"}. */
  record Extraction(String identifier, String expression) {}

  record Regexp(String expression, Span span) implements Stage {}

  record Pattern(String pattern, Span span) implements Stage {}

  record Unpack(Span span) implements Stage {}

  /** {@code | a > 5 and b="x"}. */
  record LabelFilter(LabelCondition condition, Span span) implements Stage {}

  record LineFormat(String template, Span span) implements Stage {}

  record LabelFormat(List<Format> formats, Span span) implements Stage {
    public LabelFormat {
      formats = List.copyOf(formats);
    }
  }

  /** One item of {@code label_format}. */
  sealed interface Format {
    String target();

    record Rename(String target, String source) implements Format {}

    record Template(String target, String template) implements Format {}
  }

  record Decolorize(Span span) implements Stage {}

  /**
   * {@code | unwrap x} in a log query: entries without the label are dropped, those whose label is
   * no number get an error. In a metric query see {@link MetricExpr.Unwrap}.
   */
  record Unwrap(MetricExpr.Conversion conversion, String label, Span span) implements Stage {}

  record Drop(List<Named> labels, Span span) implements Stage {
    public Drop {
      labels = List.copyOf(labels);
    }
  }

  record Keep(List<Named> labels, Span span) implements Stage {
    public Keep {
      labels = List.copyOf(labels);
    }
  }

  /**
   * Nothing that can be written: what Loki does with labels the moment the parser before has
   * extracted them (spec logql.md 5 and 6, early label filters), which {@link LokiReading} puts
   * behind it. Rows with a label that fails a test of its name are dropped; and a parser further on
   * extracts none of these names again, wherever their labels have gone.
   *
   * @param tests filters of one label each, in the order of the query
   */
  record Extracted(List<LabelFilter> tests, Span span) implements Stage {
    public Extracted {
      tests = List.copyOf(tests);
    }
  }

  /** A label of {@code drop} or {@code keep}. */
  sealed interface Named {
    String name();

    record Name(String name) implements Named {}

    record Matching(Matcher matcher) implements Named {
      @Override
      public String name() {
        return matcher.name();
      }
    }
  }
}
