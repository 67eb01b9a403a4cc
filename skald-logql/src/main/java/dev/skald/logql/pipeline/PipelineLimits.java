package dev.skald.logql.pipeline;

import dev.skald.clock.EpochClock;
import java.time.ZoneId;

/**
 * What the stages of a query may use.
 *
 * @param clock for the template function {@code now}
 * @param zone where templates write and read local times
 * @param templateOutputBytesMax most bytes that one template may write for one line; beyond it the
 *     row gets {@code TemplateFormatErr}
 */
public record PipelineLimits(EpochClock clock, ZoneId zone, int templateOutputBytesMax) {
  /** 1 MiB per line: four times the longest line that is accepted by default. */
  public static final int TEMPLATE_OUTPUT_BYTES_MAX_DEFAULT = 1 << 20;

  public static PipelineLimits defaults(EpochClock clock, ZoneId zone) {
    return new PipelineLimits(clock, zone, TEMPLATE_OUTPUT_BYTES_MAX_DEFAULT);
  }
}
