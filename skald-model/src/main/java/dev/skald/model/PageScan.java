package dev.skald.model;

import java.util.List;

/**
 * The pages that a query may have to read, pinned until closed: nothing flushes, compacts or deletes them away under a
 * reader. Different pages may be read by different threads at once.
 */
public interface PageScan extends AutoCloseable {
  /** In no particular order; sort by time as the query needs. */
  List<PageRef> pages();

  /** Streams that the selector found, of each index that was asked the most; 0 where nobody has counted. */
  default int indexedStreamsMax() {
    return 0;
  }

  /** What the pages lack though it is stored, for people; mostly empty. A damaged page says so itself when it is read. */
  default List<String> warnings() {
    return List.of();
  }

  /** Releases the pages. Everything borrowed from them is invalid afterwards. Closing twice is harmless. */
  @Override
  void close();
}
