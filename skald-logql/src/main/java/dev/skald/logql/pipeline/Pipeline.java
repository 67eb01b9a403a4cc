package dev.skald.logql.pipeline;

import dev.skald.error.SkaldException;
import dev.skald.logql.syntax.MetricExpr;
import dev.skald.logql.syntax.Stage;
import dev.skald.logql.template.Template;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The compiled stages of a query. Immutable; shared by threads, each of which works with a
 * {@link PipelineRun}.
 */
public final class Pipeline {
  /** Fewer are faster one by one: each is a search over all lines at once. */
  private static final int JOINED_FILTERS_MIN = 9;

  /** Line filters before any stage that changes the line: they work on the page's lines as stored. */
  private final List<LeadingFilters.Filter> leadingFilters;

  private final List<Step.Source> steps;
  private final boolean readsLines;

  private Pipeline(
      List<LeadingFilters.Filter> leadingFilters, List<Step.Source> steps, boolean readsLines) {
    this.leadingFilters = List.copyOf(leadingFilters);
    this.steps = List.copyOf(steps);
    this.readsLines = readsLines;
  }

  /**
   * @param demand what the caller will look at, beyond what the stages need themselves
   * @throws SkaldException BAD_REQUEST if a stage does not compile
   */
  public static Pipeline compile(
      List<? extends Stage> stages, LabelDemand demand, PipelineLimits limits) {
    return compile(stages, null, demand, limits);
  }

  /**
   * As {@link #compile(List, LabelDemand, PipelineLimits)}, and each row that is left has a number,
   * {@link RowBatch#value}.
   *
   * @param unwrapping null: none
   */
  public static Pipeline compile(
      List<? extends Stage> stages,
      @Nullable Unwrapping unwrapping,
      LabelDemand demand,
      PipelineLimits limits) {
    LabelDemand total = StageDemand.of(demand, stages, unwrapping);
    List<LeadingFilters.Filter> leading = new ArrayList<>();
    List<Step.Source> steps = new ArrayList<>();
    boolean readsLines = false;
    boolean isLineAsStored = true;
    for (Stage stage : joined(stages)) {
      if (isElided(stage, total)) {
        continue;
      }
      readsLines |= readsLine(stage);
      isLineAsStored &= !writesLine(stage);
      if (stage instanceof Stage.LineFilter filter && isLineAsStored) {
        // Stages that leave the line alone and drop rows one by one may as well come later.
        leading.add(
            new LeadingFilters.Filter(LineFilterStep.compile(filter), LineNeeds.of(filter)));
      } else {
        Step.Source parser = isLineAsStored ? compileForStored(stage, total) : null;
        steps.add(parser != null ? parser : compile(stage, total, limits));
      }
    }
    if (unwrapping != null) {
      steps.addAll(compile(unwrapping));
    }
    return new Pipeline(leading, steps, readsLines);
  }

  /** Many neighbours that leave out lines with a string are one filter: none of all. */
  private static List<Stage> joined(List<? extends Stage> stages) {
    List<Stage> joined = new ArrayList<>();
    for (int from = 0; from < stages.size(); ) {
      List<Stage.Operand> operands = new ArrayList<>();
      int to = from;
      while (to < stages.size()
          && stages.get(to) instanceof Stage.LineFilter filter
          && filter.match() == Stage.LineMatch.NOT_CONTAINS) {
        operands.addAll(filter.operands());
        to++;
      }
      if (to - from >= JOINED_FILTERS_MIN) {
        joined.add(
            new Stage.LineFilter(Stage.LineMatch.NOT_CONTAINS, operands, stages.get(from).span()));
      } else {
        to = Math.max(to, from + 1);
        joined.addAll(stages.subList(from, to));
      }
      from = to;
    }
    return joined;
  }

  /**
   * A parser whose labels nobody needs does not run, so faulty lines cannot fail the query (spec
   * logql.md 8.10).
   */
  private static boolean isElided(Stage stage, LabelDemand total) {
    return switch (stage) {
      case Stage.Json _, Stage.Logfmt _, Stage.Regexp _, Stage.Pattern _ -> total.isNothing();
      case Stage.Unpack _, // changes the line
          Stage.LineFilter _,
          Stage.LabelFilter _,
          Stage.LineFormat _,
          Stage.LabelFormat _,
          Stage.Decolorize _,
          Stage.Unwrap _,
          Stage.Drop _,
          Stage.Keep _,
          Stage.Extracted _ ->
          false;
    };
  }

  private static boolean readsLine(Stage stage) {
    return switch (stage) {
      case Stage.LineFilter _,
          Stage.Json _,
          Stage.Logfmt _,
          Stage.Regexp _,
          Stage.Pattern _,
          Stage.Unpack _,
          Stage.LineFormat _,
          Stage.Decolorize _ ->
          true;
      case Stage.LabelFormat format -> // its templates may
          format.formats().stream().anyMatch(Stage.Format.Template.class::isInstance);
      case Stage.LabelFilter _, Stage.Unwrap _, Stage.Drop _, Stage.Keep _, Stage.Extracted _ ->
          false;
    };
  }

  private static boolean writesLine(Stage stage) {
    return switch (stage) {
      case Stage.LineFormat _, Stage.Unpack _, Stage.Decolorize _ -> true;
      case Stage.LineFilter _,
          Stage.Json _,
          Stage.Logfmt _,
          Stage.Regexp _,
          Stage.Pattern _,
          Stage.LabelFilter _,
          Stage.LabelFormat _,
          Stage.Unwrap _,
          Stage.Drop _,
          Stage.Keep _,
          Stage.Extracted _ ->
          false;
    };
  }

  /**
   * A parser of lines as they were stored, which may be taken apart; null for other stages, and for
   * parsers that know whole lines only.
   */
  private static Step.@Nullable Source compileForStored(Stage stage, LabelDemand demand) {
    return switch (stage) {
      case Stage.Json json ->
          json.extractions().isEmpty()
              ? batch -> JsonStep.open(batch, demand)
              : JsonPathStep.compileForStored(json.extractions(), demand);
      case Stage.Logfmt logfmt ->
          logfmt.extractions().isEmpty()
              ? batch -> LogfmtStep.open(batch, logfmt, demand)
              : LogfmtKeyStep.compileForStored(logfmt, demand);
      case Stage.Pattern pattern -> PatternStep.compileForStored(pattern.pattern(), demand);
      case Stage.Regexp _,
          Stage.Unpack _,
          Stage.LineFilter _,
          Stage.LabelFilter _,
          Stage.LineFormat _,
          Stage.LabelFormat _,
          Stage.Decolorize _,
          Stage.Unwrap _,
          Stage.Drop _,
          Stage.Keep _,
          Stage.Extracted _ ->
          null;
    };
  }

  private static Step.Source compile(Stage stage, LabelDemand demand, PipelineLimits limits) {
    return switch (stage) {
      case Stage.LineFilter filter -> {
        LineFilterStep step = LineFilterStep.compile(filter);
        yield _ -> step;
      }
      case Stage.Json json ->
          json.extractions().isEmpty()
              ? batch -> new JsonStep(batch, demand)
              : JsonPathStep.compile(json.extractions(), demand);
      case Stage.Logfmt logfmt ->
          logfmt.extractions().isEmpty()
              ? batch -> new LogfmtStep(batch, logfmt, demand)
              : LogfmtKeyStep.compile(logfmt, demand);
      case Stage.Regexp regexp -> RegexpStep.compile(regexp.expression(), demand);
      case Stage.Pattern pattern -> PatternStep.compile(pattern.pattern(), demand);
      case Stage.Unpack _ -> batch -> new UnpackStep(batch, demand);
      case Stage.LabelFilter filter -> {
        LabelTest test = LabelTest.of(filter.condition());
        yield batch -> new LabelFilterStep(test.bind(batch));
      }
      case Stage.Decolorize _ -> DecolorizeStep::new;
      case Stage.Unwrap unwrap ->
          batch -> new UnwrapStep(batch, unwrap.label(), unwrap.conversion());
      case Stage.Drop drop -> DropStep.compile(drop.labels());
      case Stage.Keep keep -> KeepStep.compile(keep.labels());
      case Stage.LineFormat format -> {
        Template template = TemplateStage.parse("line", format.template());
        yield batch -> new LineFormatStep(batch, template, limits);
      }
      case Stage.LabelFormat format -> LabelFormatStep.compile(format.formats(), limits);
      case Stage.Extracted extracted -> ExtractedStep.compile(extracted.tests());
    };
  }

  private static List<Step.Source> compile(Unwrapping unwrapping) {
    MetricExpr.Unwrap unwrap = unwrapping.unwrap();
    List<Step.Source> steps = new ArrayList<>();
    steps.add(batch -> new UnwrapStep(batch, unwrap.label(), unwrap.conversion()));
    for (Stage.LabelFilter filter : unwrap.filters()) {
      LabelTest test = LabelTest.of(filter.condition());
      steps.add(batch -> new LabelFilterStep(test.bind(batch)));
    }
    switch (unwrapping.label()) {
      case KEPT -> {}
      case REMOVED ->
          steps.add(batch -> new UnwrapStep.RemoveLabel(batch.names().id(unwrap.label())));
    }
    return steps;
  }

  /**
   * Only filters of lines: lines and labels stay as stored, so rows of one stream and metadata stay
   * alike.
   */
  public boolean isFilterOnly() {
    return steps.isEmpty();
  }

  /** Whether any stage reads the line; if not, running it reads no lines. */
  public boolean readsLines() {
    return readsLines;
  }

  /** A worker for one thread. */
  public PipelineRun newRun(StageBudget budget) {
    return new PipelineRun(leadingFilters, steps, readsLines, budget);
  }

  /** A worker for one thread, without a budget. */
  public PipelineRun newRun() {
    return newRun(StageBudget.ENDLESS);
  }
}
