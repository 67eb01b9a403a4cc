package dev.skald.storage.head;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Buffers of pages that are gone, kept for the next ones: the arrays are large and old, and the
 * collector should not have to move or sweep them at every flush. Safe for concurrent use.
 */
final class PagePool {
  private final long bytesMax;
  private final Map<PageBuffers.Size, ArrayDeque<PageBuffers>> free = new HashMap<>();
  private long bytes;

  PagePool(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  synchronized PageBuffers take(PageBuffers.Size size) {
    ArrayDeque<PageBuffers> same = free.get(size);
    @Nullable PageBuffers buffers = same == null ? null : same.pollLast();
    if (buffers == null) {
      return new PageBuffers(size);
    }
    bytes -= size.memoryBytes();
    return buffers;
  }

  /** The buffers belong to the pool from here on. */
  synchronized void give(PageBuffers buffers) {
    PageBuffers.Size size = buffers.size;
    if (size.isCommon() && bytes + size.memoryBytes() <= bytesMax) {
      bytes += size.memoryBytes();
      free.computeIfAbsent(size, s -> new ArrayDeque<>()).addLast(buffers);
    }
  }

  /** Leaves all of it to the collector. */
  synchronized void clear() {
    free.clear();
    bytes = 0;
  }

  synchronized long bytes() {
    return bytes;
  }
}
