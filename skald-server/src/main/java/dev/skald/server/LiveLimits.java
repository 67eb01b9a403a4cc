package dev.skald.server;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.ingest.IngestLimits;
import dev.skald.logql.syntax.LogqlParser;
import dev.skald.logql.syntax.LogqlSyntaxException;
import dev.skald.model.Labels;
import dev.skald.model.TenantId;
import dev.skald.query.QueryLimits;
import dev.skald.server.config.LimitsConfig;
import dev.skald.server.config.RuntimeOverrides;
import dev.skald.server.config.SkaldConfig;
import dev.skald.storage.retention.RetentionRules;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * The limits of all tenants as they hold now, in the words of the rooms that obey. Mapped once for
 * each tenant, not for each request; {@link #replace} changes them all at once, and the next
 * request sees the change. Safe for concurrent use.
 */
final class LiveLimits {
  private static final long NANOS_PER_HOUR = 3_600_000_000_000L;

  private final SkaldConfig config;
  private volatile Snapshot now;

  /** One tenant's. */
  private record Mapped(
      LimitsConfig config, IngestLimits ingest, QueryLimits query, ConfiguredPolicy.Kept kept) {}

  private record Snapshot(Mapped defaults, Map<String, Mapped> tenants) {
    Mapped of(TenantId tenant) {
      return tenants.getOrDefault(tenant.value(), defaults);
    }
  }

  /**
   * @throws SkaldException BAD_REQUEST if a limit cannot be obeyed, such as a selector that is none
   */
  LiveLimits(SkaldConfig config, RuntimeOverrides overrides) {
    this.config = config;
    this.now = map(overrides);
  }

  /**
   * Limits that hold from now on.
   *
   * @throws SkaldException BAD_REQUEST if one of them cannot be obeyed: then nothing has changed
   */
  void replace(RuntimeOverrides overrides) {
    now = map(overrides);
  }

  private Snapshot map(RuntimeOverrides overrides) {
    Map<String, Mapped> tenants = new HashMap<>();
    overrides
        .tenants()
        .forEach((tenant, limits) -> tenants.put(tenant, map("overrides." + tenant, limits)));
    return new Snapshot(map("limits_config", overrides.defaults()), Map.copyOf(tenants));
  }

  private Mapped map(String path, LimitsConfig limits) {
    try {
      // Read even where retention is off: a mistake is told when it is made, not when it is needed.
      limits
          .retention()
          .retentionStream()
          .forEach(stream -> LogqlParser.parseMatchers(stream.selector()));
      return new Mapped(
          limits,
          LimitMapping.ingest(limits, config),
          LimitMapping.query(limits, config),
          ConfiguredPolicy.Kept.of(limits, config));
    } catch (SkaldException e) {
      throw SkaldException.of(e.kind(), path + ": " + e.getMessage(), e);
    } catch (LogqlSyntaxException | ArithmeticException e) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, path + ": " + e.getMessage(), e);
    }
  }

  /** As configured. */
  LimitsConfig configured(TenantId tenant) {
    return now.of(tenant).config();
  }

  IngestLimits ingest(TenantId tenant) {
    return now.of(tenant).ingest();
  }

  QueryLimits query(TenantId tenant) {
    return now.of(tenant).query();
  }

  /** How long streams of a tenant are kept now, in whole hours; 0 for ever. */
  ToLongFunction<Labels> retentionHours(TenantId tenant) {
    RetentionRules rules = kept(tenant).rules();
    return stream -> {
      long nanos = rules.periodNanos(stream);
      return nanos == RetentionRules.FOR_EVER_NANOS ? 0 : nanos / NANOS_PER_HOUR;
    };
  }

  ConfiguredPolicy.Kept kept(TenantId tenant) {
    return now.of(tenant).kept();
  }
}
