package dev.skald.ingest;

import dev.skald.model.Labels;
import org.jspecify.annotations.Nullable;

/**
 * What a stream's labels come to under the limits of its tenant. Immutable. Not a record, so that
 * {@link StreamLabelsCache} keeps what it needs in the same object: there may be very many.
 */
class ResolvedStream {
  private final Labels labels;
  private final @Nullable String level;
  private final String policy;
  private final @Nullable Refusal refusal;

  /** A reason and the text for it. */
  record Refusal(DiscardReason reason, String text) {}

  /**
   * @param labels with the service name; empty if the stream is refused
   * @param level the level that its labels name, normalised; null if they name none
   * @param policy the policy it is under; empty if under none
   * @param refusal why none of its entries are taken; null if they are
   */
  ResolvedStream(Labels labels, @Nullable String level, String policy, @Nullable Refusal refusal) {
    this.labels = labels;
    this.level = level;
    this.policy = policy;
    this.refusal = refusal;
  }

  ResolvedStream(ResolvedStream other) {
    this(other.labels, other.level, other.policy, other.refusal);
  }

  static ResolvedStream refused(DiscardReason reason, String text) {
    return new ResolvedStream(Labels.EMPTY, null, "", new Refusal(reason, text));
  }

  final Labels labels() {
    return labels;
  }

  final @Nullable String level() {
    return level;
  }

  final String policy() {
    return policy;
  }

  final @Nullable Refusal refusal() {
    return refusal;
  }
}
