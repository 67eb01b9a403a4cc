package dev.skald.ingest;

import dev.skald.model.TenantId;

/** What the write path counts. Called once per push and reason, by many threads. */
public interface IngestMetrics {
  /** Stored, durable and visible; bytes of lines and of structured metadata as it was sent. */
  void stored(TenantId tenant, long lines, long bytes);

  /** Not stored. Of a body that was not read nothing is known but its size. */
  void discarded(TenantId tenant, DiscardReason reason, long lines, long bytes);

  /** Counts nothing. */
  IngestMetrics NONE =
      new IngestMetrics() {
        @Override
        public void stored(TenantId tenant, long lines, long bytes) {}

        @Override
        public void discarded(TenantId tenant, DiscardReason reason, long lines, long bytes) {}
      };
}
