package dev.skald.logql.pipeline;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.syntax.Stage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The compiled stages of a query. Immutable; shared by threads, each of which works with a {@link PipelineRun}. */
public final class Pipeline {
  /** Line filters before any other stage: they work on the page's lines as stored. */
  private final List<LineFilterStep> leadingFilters;

  private final List<Step.Source> steps;
  private final boolean readsLines;

  private Pipeline(
      List<LineFilterStep> leadingFilters, List<Step.Source> steps, boolean readsLines) {
    this.leadingFilters = List.copyOf(leadingFilters);
    this.steps = List.copyOf(steps);
    this.readsLines = readsLines;
  }

  /**
   * @param demand what the caller will look at, beyond what the stages need themselves
   * @throws SkaldException UNSUPPORTED naming a stage that is not built; BAD_REQUEST if a stage does not compile
   */
  public static Pipeline compile(
      List<? extends Stage> stages, LabelDemand demand, PipelineLimits limits) {
    return compile(stages, null, demand, limits);
  }

  /**
   * As {@link #compile(List, LabelDemand, PipelineLimits)}, and each row that is left has a number, {@link
   * RowBatch#value}.
   *
   * @param unwrapping null: none
   */
  public static Pipeline compile(
      List<? extends Stage> stages,
      @Nullable Unwrapping unwrapping,
      LabelDemand demand,
      PipelineLimits limits) {
    List<LineFilterStep> leading = new ArrayList<>();
    List<Step.Source> steps = new ArrayList<>();
    boolean readsLines = false;
    for (Stage stage : stages) {
      if (stage instanceof Stage.LineFilter filter) {
        readsLines = true;
        LineFilterStep step = LineFilterStep.compile(filter);
        if (steps.isEmpty()) {
          leading.add(step);
        } else {
          steps.add(_ -> step);
        }
        continue;
      }
      if (stage instanceof Stage.Json) {
        readsLines = true;
        steps.add(batch -> new JsonStep(batch, demand));
        continue;
      }
      throw SkaldException.of(
          ErrorKind.UNSUPPORTED,
          "stage is not built: " + stage.getClass().getSimpleName() + " " + demand + limits);
    }
    if (unwrapping != null) {
      throw SkaldException.of(ErrorKind.UNSUPPORTED, "stage is not built: unwrap");
    }
    return new Pipeline(leading, steps, readsLines);
  }

  /** Only filters of lines: lines and labels stay as stored, so rows of one stream and metadata stay alike. */
  public boolean isFilterOnly() {
    return steps.isEmpty();
  }

  /** Whether any stage reads the line; if not, running it reads no lines. */
  public boolean readsLines() {
    return readsLines;
  }

  /** A worker for one thread. */
  public PipelineRun newRun() {
    return new PipelineRun(leadingFilters, steps);
  }
}
