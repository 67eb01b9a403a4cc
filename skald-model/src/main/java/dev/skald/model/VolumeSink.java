package dev.skald.model;

/** Hears how much of which stream lies in which bucket of a {@link VolumeGrid}; of one pair it may hear several times. */
@FunctionalInterface
public interface VolumeSink {
  /**
   * @param rows positive
   * @param bytes of the rows' lines and structured metadata; may be an estimate
   */
  void add(Labels stream, int bucket, long rows, long bytes);
}
