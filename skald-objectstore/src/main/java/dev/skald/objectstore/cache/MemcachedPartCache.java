package dev.skald.objectstore.cache;

import dev.skald.bytes.Crc32c;
import dev.skald.clock.Ticker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import net.rubyeye.xmemcached.MemcachedClient;
import net.rubyeye.xmemcached.XMemcachedClientBuilder;
import net.rubyeye.xmemcached.exception.MemcachedException;
import net.rubyeye.xmemcached.impl.ArrayMemcachedSessionLocator;
import net.rubyeye.xmemcached.impl.KetamaMemcachedSessionLocator;
import net.rubyeye.xmemcached.transcoders.CachedData;
import net.rubyeye.xmemcached.transcoders.CompressionMode;
import net.rubyeye.xmemcached.transcoders.Transcoder;
import net.rubyeye.xmemcached.utils.AddrUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parts in memcached. Values carry a checksum, and are bytes: nothing that a server sends is
 * deserialized. After some failures in a row the servers are left alone for a while, so that a dead
 * one costs a query a few timeouts and not one for each part.
 */
public final class MemcachedPartCache implements PartCache {
  private static final Logger LOG = LoggerFactory.getLogger(MemcachedPartCache.class);

  private final Ticker ticker;
  private final MemcachedSettings settings;
  private final MemcachedClient client;
  private final String prefix;
  private final RawBytes rawBytes = new RawBytes();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile boolean paused;
  private volatile long pausedUntilNanos;
  private volatile boolean closed;

  private MemcachedPartCache(
      Ticker ticker, MemcachedSettings settings, MemcachedClient client, String prefix) {
    this.ticker = ticker;
    this.settings = settings;
    this.client = client;
    this.prefix = prefix;
  }

  /**
   * Connects in the background; servers that are not there are tried again for as long as this is
   * open.
   *
   * @param storeName of the store whose parts these are: stores may share servers
   * @throws IOException if the client cannot be made
   */
  public static MemcachedPartCache open(Ticker ticker, MemcachedSettings settings, String storeName)
      throws IOException {
    XMemcachedClientBuilder builder =
        new XMemcachedClientBuilder(AddrUtil.getAddresses(String.join(" ", settings.addresses())));
    builder.setSessionLocator(
        switch (settings.placement()) {
          case CONSISTENT -> new KetamaMemcachedSessionLocator();
          case MODULO -> new ArrayMemcachedSessionLocator();
        });
    builder.setOpTimeout(settings.timeout().toMillis());
    builder.setConnectTimeout(settings.timeout().toMillis());
    byte[] name = storeName.getBytes(StandardCharsets.UTF_8);
    String prefix = "skald:%08x:".formatted(Crc32c.of(name, 0, name.length));
    return new MemcachedPartCache(ticker, settings, builder.build(), prefix);
  }

  /** As it is: neither compressed nor serialized. */
  private static final class RawBytes implements Transcoder<byte[]> {
    @Override
    public CachedData encode(byte[] bytes) {
      return new CachedData(0, bytes);
    }

    @Override
    public byte[] decode(CachedData data) {
      return data.getData();
    }

    @Override
    public void setPrimitiveAsString(boolean primitiveAsString) {}

    @Override
    public void setPackZeros(boolean packZeros) {}

    @Override
    public void setCompressionThreshold(int to) {}

    @Override
    public boolean isPrimitiveAsString() {
      return false;
    }

    @Override
    public boolean isPackZeros() {
      return false;
    }

    @Override
    public void setCompressionMode(CompressionMode compressMode) {}
  }

  @Override
  public byte @Nullable [] get(ObjectPart part) {
    if (isPaused()) {
      return null;
    }
    String key = prefix + part.text();
    byte[] sealed;
    try {
      sealed = client.get(key, settings.timeout().toMillis(), rawBytes);
      failures.set(0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } catch (TimeoutException | MemcachedException | RuntimeException e) {
      failed(e);
      return null;
    }
    return sealed == null ? null : CacheLayout.unseal(key, sealed);
  }

  @Override
  public void put(ObjectPart part, byte[] bytes) {
    String key = prefix + part.text();
    byte[] sealed = CacheLayout.seal(key, bytes);
    boolean fits = settings.itemBytesMax() == 0 || sealed.length <= settings.itemBytesMax();
    if (!fits || isPaused()) {
      return;
    }
    try {
      // Nobody waits for the answer: what was not kept is fetched again.
      client.setWithNoReply(key, (int) settings.expiration().toSeconds(), sealed, rawBytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (MemcachedException | RuntimeException e) {
      failed(e);
    }
  }

  private boolean isPaused() {
    if (paused && ticker.nowNanos() - pausedUntilNanos >= 0) {
      paused = false;
      failures.set(0);
    }
    return paused || closed;
  }

  private void failed(Exception e) {
    if (failures.incrementAndGet() == settings.failuresMax()) {
      pausedUntilNanos = ticker.nowNanos() + settings.pause().toNanos();
      paused = true;
      LOG.warn("memcached is left alone for {}: {}", settings.pause(), String.valueOf(e));
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      client.shutdown();
    } catch (IOException e) {
      LOG.debug("memcached client", e); // nobody waits for anything of it
    }
  }
}
