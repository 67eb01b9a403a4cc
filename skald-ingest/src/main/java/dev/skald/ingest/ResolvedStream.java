package dev.skald.ingest;

import dev.skald.model.Labels;
import org.jspecify.annotations.Nullable;

/**
 * What a stream's labels come to under the limits of its tenant.
 *
 * @param labels with the service name; empty if the stream is refused
 * @param level the level that its labels name, normalised; null if they name none
 * @param policy the policy it is under; empty if under none
 * @param refusal why none of its entries are taken; null if they are
 */
record ResolvedStream(
    Labels labels, @Nullable String level, String policy, @Nullable Refusal refusal) {

  /** A reason and the text for it. */
  record Refusal(DiscardReason reason, String text) {}

  static ResolvedStream refused(DiscardReason reason, String text) {
    return new ResolvedStream(Labels.EMPTY, null, "", new Refusal(reason, text));
  }
}
