package dev.skald.ingest;

import dev.skald.protocol.wire.BodyLimits;

/**
 * What the write path may use, for all tenants together.
 *
 * @param body how large a request may be
 * @param inflightBytesMax of all requests being decoded at one time; beyond it pushes are
 *     UNAVAILABLE
 * @param entriesPerPushMax each entry costs some thirty bytes beside its line, empty ones too
 * @param returnedStreamErrorsMax rejected entries named in an answer ({@code
 *     ingester.max_returned_stream_errors})
 * @param retryAfterSeconds what a client is told to wait when nothing can be taken
 */
public record IngestConfig(
    BodyLimits body,
    long inflightBytesMax,
    int entriesPerPushMax,
    int returnedStreamErrorsMax,
    int retryAfterSeconds) {
  /** 128 MiB in flight, two million entries in a push, ten errors named, one second. */
  public static final IngestConfig DEFAULTS =
      new IngestConfig(BodyLimits.DEFAULTS, 128L << 20, 2_000_000, 10, 1);

  public IngestConfig {
    if (inflightBytesMax < 1
        || entriesPerPushMax < 1
        || returnedStreamErrorsMax < 0
        || retryAfterSeconds < 1) {
      throw new IllegalArgumentException("out of range");
    }
  }
}
