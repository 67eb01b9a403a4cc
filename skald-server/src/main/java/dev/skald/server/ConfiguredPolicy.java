package dev.skald.server;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.pipeline.PipelineLimits;
import dev.skald.logql.syntax.LogqlParser;
import dev.skald.logql.syntax.LogqlSyntaxException;
import dev.skald.model.TenantId;
import dev.skald.server.config.LimitsConfig;
import dev.skald.server.config.RetentionLimits;
import dev.skald.server.config.RetentionPolicy;
import dev.skald.server.config.SkaldConfig;
import dev.skald.storage.retention.RetentionRules;
import dev.skald.storage.retention.RowQuery;
import dev.skald.storage.retention.StorePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What the configuration says of each tenant's data's end. */
final class ConfiguredPolicy implements StorePolicy {
  private final Function<TenantId, Kept> kept;
  private final PipelineLimits pipelineLimits;

  /** One tenant's. */
  record Kept(RetentionRules rules, Limits limits) {
    /**
     * @throws SkaldException BAD_REQUEST if a selector of {@code retention_stream} is none
     */
    static Kept of(LimitsConfig limits, SkaldConfig config) {
      RetentionLimits retention = limits.retention();
      return new Kept(
          rules(config.retention(limits)),
          new Limits(
              switch (retention.deletionMode()) {
                case DISABLED -> DeletionMode.DISABLED;
                case FILTER_ONLY -> DeletionMode.FILTER_ONLY;
                case FILTER_AND_DELETE -> DeletionMode.FILTER_AND_DELETE;
              },
              retention.deletionRowsMax(),
              retention.retentionMaxBytes().bytes()));
    }

    private static RetentionRules rules(RetentionPolicy policy) {
      List<RetentionRules.StreamRule> rules = new ArrayList<>();
      for (RetentionLimits.StreamRetention stream : policy.streams()) {
        try {
          rules.add(
              new RetentionRules.StreamRule(
                  LogqlParser.parseMatchers(stream.selector()),
                  stream.priority(),
                  nanos(stream.period())));
        } catch (LogqlSyntaxException e) {
          throw SkaldException.of(
              ErrorKind.BAD_REQUEST,
              "limits_config.retention_stream: invalid labels matchers: " + e.getMessage(),
              e);
        }
      }
      return new RetentionRules(nanos(policy.period()), rules);
    }

    /** 0 is for ever, and so is what nanoseconds cannot hold. */
    private static long nanos(Duration period) {
      boolean isForEver =
          period.isZero() || period.compareTo(Duration.ofNanos(RetentionRules.FOR_EVER_NANOS)) >= 0;
      return isForEver ? RetentionRules.FOR_EVER_NANOS : period.toNanos();
    }
  }

  ConfiguredPolicy(Function<TenantId, Kept> kept, PipelineLimits pipelineLimits) {
    this.kept = kept;
    this.pipelineLimits = pipelineLimits;
  }

  @Override
  public RetentionRules retention(TenantId tenant) {
    return kept.apply(tenant).rules();
  }

  @Override
  public Limits limits(TenantId tenant) {
    return kept.apply(tenant).limits();
  }

  @Override
  public RowQuery compile(String query) {
    return PipelineRowQuery.compile(query, pipelineLimits);
  }
}
