package dev.skald.server.config;

import dev.skald.config.Default;
import dev.skald.config.Doc;
import dev.skald.config.Range;
import java.time.Duration;

/** What is kept of what was fetched: {@code chunk_store_config:}. */
public record ChunkStoreConfig(Cache chunkCacheConfig) {
  /** {@code chunk_cache_config}; what is kept on the local disk is {@code storage.cache_bytes_max}. */
  public record Cache(Memcached memcached, Client memcachedClient) {}

  /** What memcached is told. */
  public record Memcached(
      @Doc("Fetched parts of segments are forgotten after this time; 0 is when room is needed.")
          @Default("0s")
          Duration expiration) {}

  /** Where memcached is, and how patiently it is asked. */
  public record Client(
      @Doc("Servers as host:port, separated by commas; dns+ before one is ignored.")
          @Default("\"\"")
          String addresses,
      @Doc("One server, at port 11211, if there are no addresses.") @Default("\"\"") String host,
      @Doc("Longest time of a request.") @Default("100ms") @Range(min = 1) Duration timeout,
      @Doc("Larger parts are not sent; 0 is no limit. Parts are 256 KiB at most.") @Default("0")
          int maxItemSize,
      @Doc("Few keys move when a server comes or goes.") @Default("true") boolean consistentHash,
      @Doc("After so many failures in a row the servers are left alone.")
          @Default("10")
          @Range(min = 1)
          int circuitBreakerConsecutiveFailures,
      @Doc("For how long then.") @Default("10s") Duration circuitBreakerTimeout) {}
}
