package dev.skald.query;

import dev.skald.model.QuerySpan;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What a client asks of the volume API.
 *
 * @param query a selector; <code>{}</code> is every stream
 * @param span its last nanosecond is what the client called its end, and the time of the last sample
 * @param stepNanos distance of samples; 0: one sample
 * @param limit most series of the answer; positive
 * @param targetLabels labels that the answer is by; none: those of the selector
 */
public record VolumeRequest(
    String query,
    QuerySpan span,
    long stepNanos,
    int limit,
    List<String> targetLabels,
    Aggregation aggregation,
    BooleanSupplier cancelled) {
  public VolumeRequest {
    targetLabels = List.copyOf(targetLabels);
  }

  /** What a series of the answer stands for. */
  public enum Aggregation {
    /** Streams with equal values of the labels that are asked for. */
    SERIES,
    /** Streams that have a label. */
    LABELS
  }
}
