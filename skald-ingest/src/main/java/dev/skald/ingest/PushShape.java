package dev.skald.ingest;

/**
 * What pushes of a tenant are made of, from the last one, so that a batch has about the room that
 * the next one needs: where labels are most of a push, that is far less than its size.
 *
 * @param lineShare part of the decoded bytes that are lines, 0 to 1
 * @param bytesPerRow decoded bytes for each entry
 */
record PushShape(double lineShare, double bytesPerRow) {
  static final PushShape UNKNOWN = new PushShape(1, 128);

  /** Pushes are a little different from each other; growing costs a copy. */
  private static final double MARGIN = 1.125;

  private static final int ROWS_MIN = 16;

  static PushShape of(int decodedBytes, long lineBytes, int rows) {
    return rows == 0 || decodedBytes == 0
        ? UNKNOWN
        : new PushShape(
            Math.min(1, (double) lineBytes / decodedBytes), (double) decodedBytes / rows);
  }

  /** Room for lines in a push of this size. */
  int lineBytes(int decodedBytes) {
    return (int) Math.min(decodedBytes, decodedBytes * lineShare * MARGIN);
  }

  /** Room for rows. */
  int rows(int decodedBytes) {
    return (int) Math.min(decodedBytes, decodedBytes / bytesPerRow * MARGIN) + ROWS_MIN;
  }
}
