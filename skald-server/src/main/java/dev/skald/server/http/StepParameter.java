package dev.skald.server.http;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.protocol.query.DurationParameter;

/** {@code step} (spec http-api.md 3.2). */
final class StepParameter {
  private static final long SECOND_NANOS = 1_000_000_000L;

  /** The default step gives about this many points. */
  private static final long POINTS_DEFAULT = 250;

  private static final long POINTS_MAX = 11_000;

  private StepParameter() {}

  /** In nanoseconds, positive; no more than 11,000 of them in the span. */
  static long read(Parameters parameters, SpanParameters.Bounds span) {
    String text = parameters.first("step");
    long lengthNanos = span.endEpochNanos() - span.startEpochNanos();
    long step =
        text.isEmpty()
            ? Math.max(lengthNanos / SECOND_NANOS / POINTS_DEFAULT, 1) * SECOND_NANOS
            : DurationParameter.parse(text);
    if (step <= 0) {
      throw SkaldException.of(
          ErrorKind.BAD_REQUEST,
          "zero or negative query resolution step widths are not accepted. Try a positive integer");
    }
    if (lengthNanos < 0 || lengthNanos / step > POINTS_MAX) {
      throw SkaldException.of(
          ErrorKind.BAD_REQUEST,
          "exceeded maximum resolution of 11,000 points per time series. Try increasing the value"
              + " of the step parameter");
    }
    return step;
  }
}
