package dev.skald.logql.engine;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.pipeline.RowLabels;

/** A metric query fails on the first sample with an error (spec logql.md 8.10). */
final class PipelineErrors {
  private PipelineErrors() {}

  /**
   * @throws SkaldException BAD_REQUEST if the row has an error
   */
  static void check(RowLabels labels) {
    if (!labels.hasError()) {
      return;
    }
    String error = labels.get("__error__");
    throw SkaldException.of(
        ErrorKind.BAD_REQUEST,
        "pipeline error: '"
            + error
            + "' for series: '"
            + labels.merged()
            + "'.\nUse a label filter to intentionally skip this error. (e.g | __error__!=\""
            + error
            + "\").\nTo skip all potential errors you can match empty errors.(e.g __error__=\"\")\n"
            + "The label filter can also be specified after unwrap."
            + " (e.g | unwrap latency | __error__=\"\" )\n");
  }
}
