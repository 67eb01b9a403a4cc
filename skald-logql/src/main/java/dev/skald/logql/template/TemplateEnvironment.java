package dev.skald.logql.template;

import dev.skald.clock.EpochClock;
import java.time.ZoneId;

/**
 * What a template knows of the machine.
 *
 * @param clock for {@code now}
 * @param zone Go's "Local": where times are printed and read when the template names no zone
 */
public record TemplateEnvironment(EpochClock clock, ZoneId zone) {}
