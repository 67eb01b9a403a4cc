package dev.skald.storage;

/** What works on the store besides the flusher. */
record Background(Upkeep upkeep, SegmentSwap swap, CatchUp catchUp, UpkeepCounts counts) {
  void close() {
    upkeep.close();
    swap.close();
  }
}
