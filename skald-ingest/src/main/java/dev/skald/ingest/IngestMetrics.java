package dev.skald.ingest;

import dev.skald.model.Labels;
import dev.skald.model.TenantId;

/** What the write path counts. Called for each push, and for each reason and stream, by many threads. */
public interface IngestMetrics {
  /** How entries came, as metrics name it. */
  enum Format {
    LOKI("loki"),
    OTLP("otlp");

    private final String text;

    Format(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  /**
   * What figures are about.
   *
   * @param stream its labels; empty where they were refused, or where the figures are of a whole
   *     push
   * @param policy the policy that the stream is under; empty if under none
   */
  record Origin(TenantId tenant, Labels stream, String policy, Format format) {}

  /** Stored, durable and visible: what one push brought. */
  void stored(TenantId tenant, Format format, StoredCounts counts);

  /** Not stored. Of a body that was not read nothing is known but its size. */
  void discarded(Origin origin, DiscardReason reason, long lines, long bytes);

  /** Stored otherwise than it was sent; {@code bytes} were lost. */
  void mutated(TenantId tenant, DiscardReason reason, long lines, long bytes);

  /** Streams that no entry has lately come for. */
  void created(TenantId tenant, int streams);

  /** A batch was given to the store. */
  void appended();

  /** The store did not take a batch. */
  void appendFailed();

  /** Counts nothing. */
  IngestMetrics NONE =
      new IngestMetrics() {
        @Override
        public void stored(TenantId tenant, Format format, StoredCounts counts) {}

        @Override
        public void discarded(Origin origin, DiscardReason reason, long lines, long bytes) {}

        @Override
        public void mutated(TenantId tenant, DiscardReason reason, long lines, long bytes) {}

        @Override
        public void created(TenantId tenant, int streams) {}

        @Override
        public void appended() {}

        @Override
        public void appendFailed() {}
      };
}
