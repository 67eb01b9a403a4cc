package dev.skald.ingest;

import dev.skald.model.Labels;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What one push brings, by stream of its batch; told to the metrics when it is stored. */
public final class StoredCounts {
  private static final int STREAMS_FIRST = 16;

  private @Nullable ResolvedStream[] streams = new ResolvedStream[STREAMS_FIRST];
  private int[] lines = new int[STREAMS_FIRST];
  private long[] bytes = new long[STREAMS_FIRST];
  private long[] metadataBytes = new long[0]; // as long as streams with metadata need

  StoredCounts() {}

  /** Told of a stream that entries were stored of. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * @param policy that the stream is under; empty if under none
     * @param bytes of lines and of structured metadata as it was sent
     * @param metadataBytes of structured metadata alone
     */
    void visit(Labels stream, String policy, long lines, long bytes, long metadataBytes);
  }

  /**
   * One entry.
   *
   * @param ordinal the batch's of the stream
   * @param entryBytes of its line and of its metadata
   */
  void add(int ordinal, ResolvedStream stream, long entryBytes, long entryMetadataBytes) {
    if (ordinal >= streams.length) {
      int length = Math.max(ordinal + 1, streams.length * 2);
      streams = Arrays.copyOf(streams, length);
      lines = Arrays.copyOf(lines, length);
      bytes = Arrays.copyOf(bytes, length);
    }
    streams[ordinal] = stream;
    lines[ordinal]++;
    bytes[ordinal] += entryBytes;
    if (entryMetadataBytes > 0) {
      if (ordinal >= metadataBytes.length) {
        metadataBytes = Arrays.copyOf(metadataBytes, streams.length);
      }
      metadataBytes[ordinal] += entryMetadataBytes;
    }
  }

  /** Takes back what was turned away after all; its metadata is not known any more. */
  void subtract(int ordinal, int lostLines, long lostBytes) {
    lines[ordinal] -= lostLines;
    bytes[ordinal] -= lostBytes;
  }

  /** The policy of a stream that is counted; empty if under none. */
  String policy(int ordinal) {
    ResolvedStream stream = streams[ordinal];
    return stream == null ? "" : stream.policy();
  }

  /** Each stream of which anything is left. */
  public void forEach(Visitor visitor) {
    for (int i = 0; i < streams.length; i++) {
      ResolvedStream stream = streams[i];
      if (stream != null && lines[i] > 0) {
        long ofMetadata = i < metadataBytes.length ? metadataBytes[i] : 0;
        visitor.visit(stream.labels(), stream.policy(), lines[i], bytes[i], ofMetadata);
      }
    }
  }
}
