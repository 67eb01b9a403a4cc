package dev.skald.ingest;

import dev.skald.model.Labels;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Token buckets of the streams of one tenant. Those used longest ago are forgotten beyond a number:
 * a forgotten bucket is a full one. Safe for concurrent use.
 */
final class StreamRates {
  private static final int STREAMS_MAX = 100_000;

  private final Map<Labels, TokenBucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

  TokenBucket bucket(Labels stream) {
    synchronized (buckets) {
      TokenBucket bucket = buckets.computeIfAbsent(stream, labels -> new TokenBucket());
      if (buckets.size() > STREAMS_MAX) {
        buckets.remove(buckets.keySet().iterator().next());
      }
      return bucket;
    }
  }
}
