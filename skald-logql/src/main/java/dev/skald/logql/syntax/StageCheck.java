package dev.skald.logql.syntax;

import dev.skald.logql.syntax.Stage.Extraction;
import dev.skald.logql.syntax.Stage.Format;
import dev.skald.logql.syntax.Stage.Operand;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the stages of a query can be built; the errors of spec logql.md 6 that begin with {@code
 * stage '…' :}.
 */
final class StageCheck {
  private final TemplateCheck templates;

  StageCheck(TemplateCheck templates) {
    this.templates = templates;
  }

  /**
   * @throws LogqlSyntaxException for the first stage that cannot be built
   */
  void check(Expr expr) {
    Exprs.forEachRange(
        expr,
        log -> log.stages().forEach(this::check),
        range -> {
          range.log().stages().forEach(this::check);
          if (range.unwrap() != null) {
            range.unwrap().filters().forEach(this::check);
          }
        });
    Exprs.forEachStats(
        expr,
        stats -> {
          for (StatsStep step : stats.steps()) {
            if (step instanceof StatsStep.Having having) {
              check(having.filter());
            }
          }
        });
  }

  private void check(Stage stage) {
    Optional<String> fault =
        switch (stage) {
          case Stage.LineFilter filter -> lineFilterFault(filter);
          case Stage.Json json -> jsonFault(json.extractions());
          case Stage.Logfmt logfmt -> logfmtFault(logfmt.extractions());
          case Stage.LabelFilter filter -> conditionFault(filter.condition());
          case Stage.LineFormat format ->
              templates
                  .error("line", format.template())
                  .map(error -> "invalid line template: " + error);
          case Stage.LabelFormat format -> labelFormatFault(format.formats());
          case Stage.Regexp _,
              Stage.Pattern _,
              Stage.Unpack _,
              Stage.Decolorize _,
              Stage.Unwrap _,
              Stage.Drop _,
              Stage.Keep _,
              Stage.Extracted _ ->
              Optional.empty();
        };
    if (fault.isPresent()) {
      throw new LogqlSyntaxException(
          "parse error : stage '" + formatted(stage) + "' : " + fault.get());
    }
  }

  private static String formatted(Stage stage) {
    return new CompactPrinter(Spelling.FORMATTED, Integer.MAX_VALUE).write(stage).text();
  }

  private static Optional<String> lineFilterFault(Stage.LineFilter filter) {
    for (Operand operand : filter.operands()) {
      Optional<String> fault =
          switch (operand) {
            case Operand.Ip ip -> ipFault(filter.match(), ip.pattern());
            case Operand.Text text -> textFault(filter.match(), text.text());
          };
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> textFault(Stage.LineMatch match, String text) {
    return switch (match) {
      case CONTAINS, NOT_CONTAINS -> Optional.empty();
      case REGEX, NOT_REGEX -> Regexes.fault(text);
      case PATTERN, NOT_PATTERN -> {
        try {
          LinePattern.parse(text);
          yield Optional.empty();
        } catch (ExpressionException e) {
          yield Optional.of(e.getMessage());
        }
      }
    };
  }

  private static Optional<String> ipFault(Stage.LineMatch match, String pattern) {
    return switch (match) {
      case CONTAINS, NOT_CONTAINS -> ipFault(pattern);
      case REGEX, NOT_REGEX, PATTERN, NOT_PATTERN -> Optional.of("ip: invalid operation");
    };
  }

  private static Optional<String> ipFault(String pattern) {
    return IpPattern.parse(pattern).isPresent()
        ? Optional.empty()
        : Optional.of("ip: invalid pattern: \"" + pattern + "\"");
  }

  private static Optional<String> jsonFault(List<Extraction> extractions) {
    for (Extraction extraction : extractions) {
      try {
        JsonPath.parse(extraction.expression());
      } catch (ExpressionException e) {
        return cannotParse(extraction, e);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> logfmtFault(List<Extraction> extractions) {
    for (Extraction extraction : extractions) {
      try {
        LogfmtKey.parse(extraction.expression());
      } catch (ExpressionException e) {
        return cannotParse(extraction, e);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> cannotParse(Extraction extraction, ExpressionException e) {
    return Optional.of(
        "cannot parse expression [" + extraction.expression() + "]: " + e.getMessage());
  }

  private static Optional<String> conditionFault(LabelCondition condition) {
    return switch (condition) {
      case LabelCondition.Ip ip -> ipFault(ip.pattern());
      case LabelCondition.And(LabelCondition left, LabelCondition right) ->
          conditionFault(left).or(() -> conditionFault(right));
      case LabelCondition.Or(LabelCondition left, LabelCondition right) ->
          conditionFault(left).or(() -> conditionFault(right));
      case LabelCondition.Text _,
          LabelCondition.Numeric _,
          LabelCondition.Duration _,
          LabelCondition.Bytes _,
          LabelCondition.Timestamp _,
          LabelCondition.TimestampText _ ->
          Optional.empty();
    };
  }

  private Optional<String> labelFormatFault(List<Format> formats) {
    Set<String> targets = new HashSet<>();
    for (Format format : formats) {
      if (format.target().equals("__error__")) {
        return Optional.of("__error__ cannot be formatted");
      }
      if (!targets.add(format.target())) {
        return Optional.of(
            "multiple label name '"
                + format.target()
                + "' not allowed in a single format operation");
      }
    }
    for (Format format : formats) {
      if (format instanceof Format.Template template) {
        Optional<String> error = templates.error("label", template.template());
        if (error.isPresent()) {
          return error.map(e -> "invalid template for label '" + template.target() + "': " + e);
        }
      }
    }
    return Optional.empty();
  }
}
