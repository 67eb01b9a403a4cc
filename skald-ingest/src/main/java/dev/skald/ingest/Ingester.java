package dev.skald.ingest;

import dev.skald.clock.EpochClock;
import dev.skald.clock.Ticker;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.ingest.IngestLimits.Enforcement;
import dev.skald.ingest.IngestLimits.RateLimits;
import dev.skald.ingest.IngestMetrics.Format;
import dev.skald.ingest.IngestMetrics.Origin;
import dev.skald.model.EntryBatch;
import dev.skald.model.Labels;
import dev.skald.model.TenantId;
import dev.skald.protocol.otlp.OtlpDecoder;
import dev.skald.protocol.otlp.OtlpRequest;
import dev.skald.protocol.push.PushDecoder;
import dev.skald.protocol.push.PushRequest;
import dev.skald.protocol.wire.BufferPool;
import dev.skald.protocol.wire.Message;
import dev.skald.random.Randomness;
import dev.skald.storage.LogStore;

/**
 * The write path: takes a push, and answers when what is good of it is on disk. Safe for concurrent
 * use; blocks its caller until the store has committed.
 */
public final class Ingester {
  private static final int BLOCKED_SILENTLY = 200;
  private static final double BYTES_PER_MB = 1 << 20;

  private final EpochClock clock;
  private final Ticker ticker;
  private final IngestMetrics metrics;
  private final LogStore store;
  private final TenantLimits limits;
  private final IngestConfig config;
  private final PushDecoder decoder;
  private final OtlpDecoder otlpDecoder;
  private final TenantDirectory tenants;
  private final BatchPool batches;

  public Ingester(
      EpochClock clock,
      Ticker ticker,
      Randomness randomness,
      IngestMetrics metrics,
      LogStore store,
      TenantLimits limits,
      IngestConfig config) {
    this.clock = clock;
    this.ticker = ticker;
    this.metrics = metrics;
    this.store = store;
    this.limits = limits;
    this.config = config;
    this.tenants = new TenantDirectory(randomness.nextLong());
    int cores = Runtime.getRuntime().availableProcessors();
    this.batches = new BatchPool(2 * cores);
    BufferPool pool = new BufferPool(cores, config.inflightBytesMax());
    this.decoder = new PushDecoder(config.body(), pool);
    this.otlpDecoder = new OtlpDecoder(config.body(), pool);
  }

  /** A push in one of Loki's shapes. */
  public PushOutcome push(TenantId tenant, PushRequest request) {
    return push(
        tenant, sink -> decoder.decode(request, sink), Format.LOKI, request.declaredBytes());
  }

  /** An export of OpenTelemetry's. */
  public PushOutcome push(TenantId tenant, OtlpRequest request) {
    return push(
        tenant,
        sink -> otlpDecoder.decode(request, limits.of(tenant).otlp(), clock.nowEpochNanos(), sink),
        Format.OTLP,
        request.declaredBytes());
  }

  /** A push in Loki's protobuf, as gRPC carries it. */
  public PushOutcome pushMessage(TenantId tenant, Message message) {
    return push(tenant, sink -> decoder.decode(message, sink), Format.LOKI, message.bytes());
  }

  /** An export of OpenTelemetry's, as gRPC carries it. */
  public PushOutcome exportMessage(TenantId tenant, Message message) {
    return push(
        tenant,
        sink -> otlpDecoder.decode(message, limits.of(tenant).otlp(), clock.nowEpochNanos(), sink),
        Format.OTLP,
        message.bytes());
  }

  /** A push of any other protocol; the stages, limits and answers are the same. */
  public PushOutcome push(TenantId tenant, EntrySource source) {
    return push(tenant, source, Format.OTLP, -1);
  }

  private PushOutcome push(TenantId id, EntrySource source, Format format, long declaredBytes) {
    long nowNanos = ticker.nowNanos();
    IngestLimits limitsNow = limits.of(id);
    Tenant tenant = tenants.of(id, limitsNow, nowNanos);
    Intake intake =
        new Intake(
            tenant,
            tenant.rules(limitsNow, nowNanos),
            store,
            config,
            batches,
            clock.nowEpochNanos());
    try {
      source.decode(intake);
      tenant.pushShape(intake.shape());
      PushOutcome outcome = finish(tenant, intake, format, limitsNow, nowNanos);
      batches.giveBack(intake.batch()); // after a failure the log may still hold it
      return outcome;
    } catch (SkaldException e) {
      if (e.kind() == ErrorKind.TOO_LARGE) {
        metrics.discarded(
            whole(id, format), DiscardReason.REQUEST_BODY_TOO_LARGE, 0, Math.max(0, declaredBytes));
      }
      return refused(e);
    }
  }

  private static Origin whole(TenantId tenant, Format format) {
    return new Origin(tenant, Labels.EMPTY, "", format);
  }

  /**
   * What a failure of the whole push is answered with; failures that are none of the client's go
   * on.
   */
  private PushOutcome refused(SkaldException e) {
    return switch (e.kind()) {
      case BAD_REQUEST, LIMIT -> PushOutcome.of(400, e.getMessage());
      case TOO_LARGE -> PushOutcome.of(413, e.getMessage());
      case RATE_LIMITED -> PushOutcome.of(429, e.getMessage());
      case CANCELLED -> PushOutcome.of(499, e.getMessage());
      case UNAVAILABLE -> new PushOutcome(503, e.getMessage(), config.retryAfterSeconds());
      case NOT_FOUND, UNAUTHENTICATED, UNSUPPORTED, TIMEOUT, CORRUPT, BUG -> throw e;
    };
  }

  /**
   * Rates, the store, the answer. What the store's side refused is told first, then what was wrong,
   * then blocks.
   */
  private PushOutcome finish(
      Tenant tenant, Intake intake, Format format, IngestLimits limitsNow, long nowNanos) {
    if (intake.streams() == 0) {
      return PushOutcome.of(422, "error at least one valid stream is required for ingestion");
    }
    RateLimits rates = limitsNow.rates();
    if (intake.validLines() > 0 && !takeBytes(tenant, intake.validBytes(), rates, nowNanos)) {
      metrics.discarded(
          whole(tenant.id(), format),
          DiscardReason.RATE_LIMITED,
          intake.validLines(),
          intake.validBytes());
      intake.discards().tell(tenant.id(), format, metrics);
      return PushOutcome.of(429, rateLimited(tenant.id(), intake, rates));
    }
    StreamRejections rejections =
        new StreamRejections(tenant.id(), config.returnedStreamErrorsMax());
    EntryBatch batch = intake.batch();
    if (!rates.shardStreams()) {
      StreamRateFilter filter = new StreamRateFilter(rates, rejections);
      batch = filter.filter(batch, tenant.streamRates(), nowNanos);
      discard(tenant, intake, filter, format);
    }
    append(tenant.id(), batch, intake, format);
    intake.discards().tell(tenant.id(), format, metrics);
    return answer(intake, rejections, limitsNow.enforcement());
  }

  private void discard(Tenant tenant, Intake intake, StreamRateFilter filter, Format format) {
    StoredCounts added = intake.added();
    filter
        .rejected()
        .forEach(
            (ordinal, lost) -> {
              added.subtract(ordinal, lost.lines(), lost.bytes());
              Labels stream = intake.batch().stream(ordinal);
              metrics.discarded(
                  new Origin(tenant.id(), stream, added.policy(ordinal), format),
                  DiscardReason.PER_STREAM_RATE_LIMIT,
                  lost.lines(),
                  lost.bytes());
            });
  }

  private void append(TenantId tenant, EntryBatch batch, Intake intake, Format format) {
    if (batch.rowCount() == 0) {
      return;
    }
    int created;
    try {
      created = store.append(tenant, batch);
    } catch (SkaldException e) {
      metrics.appendFailed();
      throw e;
    }
    metrics.appended();
    metrics.stored(tenant, format, intake.added());
    if (created > 0) {
      metrics.created(tenant, created);
    }
    if (intake.truncatedLines() > 0) {
      metrics.mutated(
          tenant, DiscardReason.LINE_TOO_LONG, intake.truncatedLines(), intake.truncatedBytes());
    }
  }

  private static PushOutcome answer(
      Intake intake, StreamRejections rejections, Enforcement enforcement) {
    String streamLimit = intake.streamLimitText();
    if (streamLimit != null) {
      return PushOutcome.of(429, streamLimit);
    }
    if (!rejections.isEmpty()) {
      return PushOutcome.of(429, rejections.text(StreamRateFilter.count(intake.batch())));
    }
    if (!intake.errors().isEmpty()) {
      return PushOutcome.of(400, intake.errors().text());
    }
    String blocked = intake.blockedText();
    if (blocked != null && enforcement.blockedStatus() != BLOCKED_SILENTLY) {
      return PushOutcome.of(enforcement.blockedStatus(), blocked);
    }
    return PushOutcome.STORED;
  }

  private static boolean takeBytes(Tenant tenant, long bytes, RateLimits rates, long nowNanos) {
    return tenant
        .bytes()
        .take(
            bytes,
            rates.ingestionRateMb() * BYTES_PER_MB,
            rates.ingestionBurstMb() * BYTES_PER_MB,
            nowNanos);
  }

  private static String rateLimited(TenantId tenant, Intake intake, RateLimits rates) {
    return ("ingestion rate limit exceeded for user %s (limit: %d bytes/sec) while attempting to"
            + " ingest '%d' lines totaling '%d' bytes, reduce log volume or contact your Loki"
            + " administrator to see if the limit can be increased")
        .formatted(
            tenant,
            (long) (rates.ingestionRateMb() * BYTES_PER_MB),
            intake.validLines(),
            intake.validBytes());
  }
}
