package dev.skald.storage.retention;

import dev.skald.model.TenantId;

/**
 * A request to delete rows of one tenant.
 *
 * @param id eight hexadecimal digits
 * @param query as it was given
 * @param startEpochNanos first nanosecond of the rows
 * @param endEpochNanos last one, inclusive
 * @param createdEpochNanos when it was taken
 * @param force whether the tenant's limit of rows holds
 * @param rowsDeleted rows that are gone from the disk
 */
public record DeleteRequest(
    String id,
    TenantId tenant,
    String query,
    long startEpochNanos,
    long endEpochNanos,
    long createdEpochNanos,
    Force force,
    Status status,
    long rowsDeleted) {
  /** How far it is. */
  public enum Status {
    /** Its rows are hidden. */
    RECEIVED,
    /** Its rows are gone. */
    PROCESSED
  }

  /** Whether limits and deadlines hold. */
  public enum Force {
    LIMITED,
    FORCED
  }

  public DeleteRequest {
    if (endEpochNanos < startEpochNanos) {
      throw new IllegalArgumentException(
          "deletes from " + startEpochNanos + " to " + endEpochNanos);
    }
  }

  /** The same with some more rows gone. */
  public DeleteRequest progressed(Status next, long rows) {
    return new DeleteRequest(
        id,
        tenant,
        query,
        startEpochNanos,
        endEpochNanos,
        createdEpochNanos,
        force,
        next,
        rowsDeleted + rows);
  }

  /** A duration as Go prints it, whole seconds of it. */
  public static String durationText(long nanos) {
    long seconds = nanos / 1_000_000_000L;
    long hours = seconds / 3600;
    long minutes = seconds / 60 % 60;
    String text = seconds % 60 + "s";
    if (seconds >= 60) {
      text = minutes + "m" + text;
    }
    return hours > 0 ? hours + "h" + text : text;
  }
}
