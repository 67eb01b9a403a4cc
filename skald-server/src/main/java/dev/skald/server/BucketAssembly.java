package dev.skald.server;

import dev.skald.disk.Disk;
import dev.skald.objectstore.cache.CachedObjectStore;
import dev.skald.objectstore.cache.DiskPartCache;
import dev.skald.objectstore.cache.MemcachedPartCache;
import dev.skald.objectstore.cache.MemcachedSettings;
import dev.skald.objectstore.cache.PartCache;
import dev.skald.objectstore.s3.S3ObjectStore;
import dev.skald.objectstore.s3.S3Settings;
import dev.skald.objectstore.s3.StoreProbe;
import dev.skald.server.config.ChunkStoreConfig;
import dev.skald.server.config.S3Bucket;
import dev.skald.server.config.SkaldConfig;
import dev.skald.storage.RemoteObjects;
import dev.skald.storage.object.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a bucket and the caches before it. Loaded, and the SDK with it, only if there is a bucket. */
final class BucketAssembly {
  private static final Logger LOG = LoggerFactory.getLogger(BucketAssembly.class);

  /** The cache's folder in the data folder. */
  private static final String CACHE_FOLDER = "cache";

  private static final int MEMCACHED_PORT = 11_211;
  private static final String DNS_PREFIX = "dns+";

  private BucketAssembly() {}

  /**
   * @param disk of the data folder
   * @param parts owns the client and the caches from here on
   */
  static RemoteObjects open(
      SkaldConfig config, S3Bucket bucket, Disk disk, Ports ports, Parts parts) throws IOException {
    S3Settings settings = settings(bucket);
    S3ObjectStore objects = objects(bucket, ports, parts);
    StoreProbe.run(objects, ports.randomness(), settings.place());
    LOG.info("segments are kept in {}", settings.place());
    PartCache cache = cache(config, settings.place(), disk, ports, parts);
    ObjectStore store =
        cache == null
            ? objects
            : new CachedObjectStore(objects, RemoteObjects.SEGMENT_FOLDER, cache);
    return new RemoteObjects(store, config.storage().orphanGrace().toNanos());
  }

  /**
   * The bucket as it is, without a probe and without caches.
   *
   * @param parts owns the client
   */
  static S3ObjectStore objects(S3Bucket bucket, Ports ports, Parts parts) {
    return parts.owning(S3ObjectStore.open(settings(bucket), ports.randomness()));
  }

  private static S3Settings settings(S3Bucket bucket) {
    return new S3Settings(
        bucket.endpoint(),
        bucket.region(),
        bucket.bucket(),
        bucket.prefix(),
        bucket.isNamedInPath() ? S3Settings.Addressing.PATH : S3Settings.Addressing.HOST,
        bucket.accessKeyId().isEmpty()
            ? null
            : new S3Settings.Credentials(
                bucket.accessKeyId(), bucket.secretAccessKey(), bucket.sessionToken()),
        S3Settings.REQUEST_TIMEOUT_DEFAULT,
        S3Settings.ATTEMPTS_MAX_DEFAULT,
        S3Settings.PART_BYTES_DEFAULT);
  }

  private static @Nullable PartCache cache(
      SkaldConfig config, String storeName, Disk disk, Ports ports, Parts parts)
      throws IOException {
    long bytesMax = config.storage().cacheBytesMax().bytes();
    PartCache near =
        bytesMax == 0
            ? null
            : parts.owning(DiskPartCache.open(disk, ports.ticker(), CACHE_FOLDER, bytesMax));
    MemcachedSettings servers = memcached(config.chunkStoreConfig().chunkCacheConfig());
    if (servers == null) {
      return near;
    }
    PartCache far = parts.owning(MemcachedPartCache.open(ports.ticker(), servers, storeName));
    return near == null ? far : PartCache.layered(near, far);
  }

  private static @Nullable MemcachedSettings memcached(ChunkStoreConfig.Cache config) {
    ChunkStoreConfig.Client client = config.memcachedClient();
    List<String> addresses = new ArrayList<>();
    for (String address : client.addresses().split(",", -1)) {
      String plain = address.strip();
      plain = plain.startsWith(DNS_PREFIX) ? plain.substring(DNS_PREFIX.length()) : plain;
      if (!plain.isEmpty()) {
        addresses.add(plain.indexOf(':') < 0 ? plain + ":" + MEMCACHED_PORT : plain);
      }
    }
    if (addresses.isEmpty() && !client.host().isEmpty()) {
      addresses.add(client.host() + ":" + MEMCACHED_PORT);
    }
    return addresses.isEmpty()
        ? null
        : new MemcachedSettings(
            addresses,
            client.consistentHash()
                ? MemcachedSettings.Placement.CONSISTENT
                : MemcachedSettings.Placement.MODULO,
            client.timeout(),
            config.memcached().expiration(),
            client.maxItemSize(),
            client.circuitBreakerConsecutiveFailures(),
            client.circuitBreakerTimeout());
  }
}
