package dev.skald.objectstore.cache;

import dev.skald.clock.Ticker;
import dev.skald.disk.Disk;
import dev.skald.disk.ReadableFile;
import dev.skald.disk.WritableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parts in files of a local folder, up to a number of bytes; what was not used for longest goes
 * first. It outlives the process. Nothing is synced: a file that a crash left torn does not check,
 * and is deleted when it is asked for.
 *
 * <p>A disk that fails or is full stops the cache for a while, and a full one gets half of the
 * cache's room back: the log needs it more.
 */
public final class DiskPartCache implements PartCache {
  private static final Logger LOG = LoggerFactory.getLogger(DiskPartCache.class);

  /** Nothing is kept after a failure for this long. */
  private static final long PAUSE_NANOS = 60_000_000_000L;

  /** Nothing is kept if the disk has less left than this. */
  private static final long FREE_BYTES_MIN = 256L << 20;

  private final Disk disk;
  private final Ticker ticker;
  private final String folder;
  private final long bytesMax;

  /** File names and sizes, in order of use; guarded by itself. */
  private final Map<String, Integer> files = new LinkedHashMap<>(16, 0.75f, true);

  private long bytes; // guarded by files
  private volatile boolean paused;
  private volatile long pausedUntilNanos;

  private DiskPartCache(Disk disk, Ticker ticker, String folder, long bytesMax) {
    this.disk = disk;
    this.ticker = ticker;
    this.folder = folder;
    this.bytesMax = bytesMax;
  }

  /**
   * Takes what an earlier process left; its order of use is forgotten, and names stand for it:
   * segments' names begin with the time.
   *
   * @param folder of its own, made if absent
   * @throws IOException if the folder cannot be made or listed
   */
  public static DiskPartCache open(Disk disk, Ticker ticker, String folder, long bytesMax)
      throws IOException {
    disk.createDirectories(folder);
    DiskPartCache cache = new DiskPartCache(disk, ticker, folder, bytesMax);
    for (String name : disk.list(folder)) {
      cache.add(name, (int) Math.min(Integer.MAX_VALUE, disk.sizeBytes(folder + "/" + name)));
    }
    cache.shrink(bytesMax);
    return cache;
  }

  @Override
  public byte @Nullable [] get(ObjectPart part) {
    String name = part.text();
    synchronized (files) {
      if (files.get(name) == null) { // get, unlike containsKey, counts as use
        return null;
      }
    }
    byte[] content = read(name);
    if (content == null) {
      forget(name);
    }
    return content;
  }

  private byte @Nullable [] read(String name) {
    try (ReadableFile file = disk.open(path(name))) {
      byte[] sealed = new byte[(int) Math.min(file.sizeBytes(), Integer.MAX_VALUE - 16)];
      file.read(0, ByteBuffer.wrap(sealed));
      return CacheLayout.unseal(name, sealed);
    } catch (IOException e) {
      LOG.debug("{}: not read", name, e);
      return null;
    }
  }

  @Override
  public void put(ObjectPart part, byte[] bytes) {
    String name = part.text();
    byte[] sealed = CacheLayout.seal(name, bytes);
    if (sealed.length > bytesMax || isPaused()) {
      return;
    }
    try {
      if (disk.freeBytes() < FREE_BYTES_MIN + sealed.length) {
        pause("little space is left on the disk");
        shrink(size() / 2);
        return;
      }
      write(name, sealed);
    } catch (FileAlreadyExistsException e) {
      return; // somebody else keeps it right now
    } catch (IOException e) {
      pause(e.getMessage());
      delete(name);
      shrink(size() / 2);
      return;
    }
    add(name, sealed.length);
    shrink(bytesMax);
  }

  private void write(String name, byte[] sealed) throws IOException {
    try (WritableFile file = disk.create(path(name))) {
      file.write(ByteBuffer.wrap(sealed));
    }
  }

  private boolean isPaused() {
    if (paused && ticker.nowNanos() - pausedUntilNanos >= 0) {
      paused = false;
    }
    return paused;
  }

  private void pause(@Nullable String why) {
    pausedUntilNanos = ticker.nowNanos() + PAUSE_NANOS;
    paused = true;
    LOG.warn("the cache of fetched parts keeps nothing for a while: {}", why);
  }

  private void add(String name, int sizeBytes) {
    synchronized (files) {
      Integer before = files.put(name, sizeBytes);
      bytes += sizeBytes - (before == null ? 0 : before);
    }
  }

  private void forget(String name) {
    synchronized (files) {
      Integer before = files.remove(name);
      bytes -= before == null ? 0 : before;
    }
    delete(name);
  }

  /** Deletes what was not used for longest until what is left takes no more than this. */
  private void shrink(long bytesLeft) {
    List<String> gone = new ArrayList<>();
    synchronized (files) {
      Iterator<Map.Entry<String, Integer>> oldest = files.entrySet().iterator();
      while (bytes > bytesLeft && oldest.hasNext()) {
        Map.Entry<String, Integer> file = oldest.next();
        bytes -= file.getValue();
        gone.add(file.getKey());
        oldest.remove();
      }
    }
    gone.forEach(this::delete);
  }

  private void delete(String name) {
    try {
      disk.delete(path(name));
    } catch (IOException e) {
      LOG.debug("{}: not deleted", name, e); // the next start finds it
    }
  }

  private String path(String name) {
    return folder + "/" + name;
  }

  /** Bytes of its files. */
  long size() {
    synchronized (files) {
      return bytes;
    }
  }

  /** Files stay for the next process. */
  @Override
  public void close() {}
}
