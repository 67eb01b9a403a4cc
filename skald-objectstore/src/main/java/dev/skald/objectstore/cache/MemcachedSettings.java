package dev.skald.objectstore.cache;

import java.time.Duration;
import java.util.List;

/**
 * Which memcached servers, and how patiently.
 *
 * @param addresses {@code host:port} each
 * @param timeout of one request
 * @param expiration after which a server forgets; zero: never
 * @param itemBytesMax larger parts are not sent; 0: no limit
 * @param failuresMax so many failures in a row, and the servers are left alone
 * @param pause for how long then
 */
public record MemcachedSettings(
    List<String> addresses,
    Placement placement,
    Duration timeout,
    Duration expiration,
    int itemBytesMax,
    int failuresMax,
    Duration pause) {
  /** Which of several servers has a key. */
  public enum Placement {
    /** Few keys move when a server comes or goes. */
    CONSISTENT,
    /** By the key's hash modulo the number of servers. */
    MODULO
  }

  public MemcachedSettings {
    addresses = List.copyOf(addresses);
    if (addresses.isEmpty() || !timeout.isPositive() || failuresMax < 1 || itemBytesMax < 0) {
      throw new IllegalArgumentException(
          "memcached at %s, timeout %s, failures %d, items of %d"
              .formatted(addresses, timeout, failuresMax, itemBytesMax));
    }
  }
}
