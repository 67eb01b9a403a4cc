package dev.skald.ingest;

import dev.skald.ingest.IngestLimits.Discovery;
import dev.skald.ingest.IngestLimits.Enforcement;
import dev.skald.ingest.IngestLimits.LabelLimits;
import dev.skald.ingest.IngestLimits.LineLimits;
import dev.skald.ingest.IngestLimits.MetadataLimits;
import dev.skald.ingest.IngestLimits.RateLimits;
import dev.skald.ingest.IngestLimits.StreamLimits;
import dev.skald.ingest.IngestLimits.TimeLimits;
import dev.skald.model.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The limits under which the conformance corpus was recorded: its server's, and those of the
 * tenants it names.
 */
final class ReferenceTenants {
  /** Later than all entries of the corpus. */
  static final long NOW_EPOCH_NANOS = nanos("2026-11-20T00:00:00Z");

  private static final IngestLimits BASE =
      IngestLimits.DEFAULTS
          .with(new RateLimits(10_000, 10_000, 10_000L << 20, 10_000L << 20, true))
          .with(
              new TimeLimits(
                  false,
                  TimeLimits.DEFAULTS.oldNanosMax(),
                  TimeLimits.DEFAULTS.graceNanos(),
                  nanos("2020-10-24T00:00:00Z")));

  private static final Map<String, IngestLimits> OVERRIDES =
      Map.ofEntries(
          Map.entry("nolevel", BASE.with(discovery(false, true, false))),
          Map.entry("noservice", BASE.with(discovery(true, false, false))),
          Map.entry("lim-incdup", BASE.with(discovery(true, true, true))),
          Map.entry("lim-line", BASE.with(new LineLimits(100, false, ""))),
          Map.entry("lim-truncate", BASE.with(new LineLimits(50, true, "..cut"))),
          Map.entry("lim-labels", BASE.with(new LabelLimits(3, 14, 20))),
          Map.entry("lim-nosm", BASE.with(new MetadataLimits(false, 64 << 10, 128))),
          Map.entry("lim-sm", BASE.with(new MetadataLimits(true, 60, 3))),
          Map.entry(
              "lim-old",
              BASE.with(
                  new TimeLimits(
                      true,
                      Duration.ofDays(7).toNanos(),
                      TimeLimits.DEFAULTS.graceNanos(),
                      BASE.times().earliestEpochNanos()))),
          Map.entry(
              "lim-enforced",
              BASE.with(
                  new Enforcement(
                      List.of("team", "env"),
                      Map.of(),
                      IngestLimits.NEVER,
                      Map.of(),
                      260,
                      List.of()))),
          Map.entry("lim-block", BASE.with(blocked(403))),
          Map.entry("lim-block200", BASE.with(blocked(200))),
          Map.entry("lim-block260", BASE.with(blocked(260))),
          Map.entry("lim-rate", BASE.with(new RateLimits(0.001, 0.001, 3 << 20, 15 << 20, true))),
          Map.entry("lim-streams", BASE.with(new StreamLimits(0, 2))),
          Map.entry("lim-streamrate", BASE.with(new RateLimits(10_000, 10_000, 100, 100, false))));

  private ReferenceTenants() {}

  static IngestLimits of(TenantId tenant) {
    return OVERRIDES.getOrDefault(tenant.value(), BASE);
  }

  private static Discovery discovery(boolean levels, boolean services, boolean increment) {
    Discovery base = Discovery.DEFAULTS;
    return new Discovery(
        services ? base.serviceNames() : List.of(),
        levels,
        base.levelFields(),
        base.levelJsonDepthMax(),
        increment);
  }

  private static Enforcement blocked(int status) {
    return new Enforcement(
        List.of(), Map.of(), nanos("2100-01-01T00:00:00Z"), Map.of(), status, List.of());
  }

  static long nanos(String time) {
    return Math.multiplyExact(Instant.parse(time).getEpochSecond(), 1_000_000_000L);
  }
}
