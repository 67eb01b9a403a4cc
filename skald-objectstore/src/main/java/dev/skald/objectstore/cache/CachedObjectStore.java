package dev.skald.objectstore.cache;

import dev.skald.storage.object.ObjectName;
import dev.skald.storage.object.ObjectReader;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.object.ObjectWriter;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A store whose objects of one folder are read through a cache. Whether an object is there is always
 * asked of the store itself.
 */
public final class CachedObjectStore implements ObjectStore {
  /**
   * What is fetched and kept at once. A page of a segment is some tens of kilobytes and its columns
   * stand together, so one part mostly serves a page and often the next.
   */
  public static final int PART_BYTES = 256 << 10;

  private final ObjectStore store;
  private final String folder;
  private final PartCache cache;

  /**
   * @param store borrowed
   * @param folder whose objects are cached
   * @param cache borrowed
   */
  public CachedObjectStore(ObjectStore store, String folder, PartCache cache) {
    this.store = store;
    this.folder = folder;
    this.cache = cache;
  }

  @Override
  public ObjectWriter create(ObjectName name) throws IOException {
    return store.create(name);
  }

  @Override
  public void createIfAbsent(ObjectName name, ByteBuffer content) throws IOException {
    store.createIfAbsent(name, content);
  }

  @Override
  public ObjectReader open(ObjectName name) throws IOException {
    ObjectReader reader = store.open(name);
    return name.folder().equals(folder) ? new CachedReader(name, reader) : reader;
  }

  @Override
  public List<ObjectName> list(String folder) throws IOException {
    return store.list(folder);
  }

  /** What is cached of it ages like everything else. */
  @Override
  public void delete(ObjectName name) throws IOException {
    store.delete(name);
  }

  private final class CachedReader implements ObjectReader {
    private final ObjectName name;
    private final ObjectReader reader;

    CachedReader(ObjectName name, ObjectReader reader) {
      this.name = name;
      this.reader = reader;
    }

    @Override
    public long sizeBytes() throws IOException {
      return reader.sizeBytes();
    }

    @Override
    public void read(long offsetBytes, ByteBuffer target) throws IOException {
      long end = offsetBytes + target.remaining();
      if (offsetBytes < 0 || end > sizeBytes()) {
        throw new EOFException(
            "%s: bytes %d to %d of %d".formatted(name, offsetBytes, end, sizeBytes()));
      }
      long last = (end - 1) / PART_BYTES;
      for (long part = offsetBytes / PART_BYTES; target.hasRemaining(); ) {
        byte[] cached = cached(part);
        if (cached != null) {
          copy(cached, part, end, target);
          part++;
          continue;
        }
        long next = part + 1;
        byte[] found = null;
        while (next <= last && found == null) {
          found = cached(next);
          next += found == null ? 1 : 0;
        }
        fetch(part, next, end, target);
        if (found != null) {
          copy(found, next, end, target);
          next++;
        }
        part = next;
      }
    }

    private byte @Nullable [] cached(long part) throws IOException {
      byte[] bytes = cache.get(new ObjectPart(name, part));
      return bytes != null && bytes.length == lengthBytes(part) ? bytes : null;
    }

    private int lengthBytes(long part) throws IOException {
      return (int) Math.min(PART_BYTES, sizeBytes() - part * PART_BYTES);
    }

    /** Parts that stand one after the other are fetched in one request. */
    private void fetch(long from, long to, long end, ByteBuffer target) throws IOException {
      long start = from * PART_BYTES;
      long length = Math.min(to * PART_BYTES, sizeBytes()) - start;
      if (length > Integer.MAX_VALUE - 16) {
        throw new IOException(name + ": too much to read at once: " + length + " bytes");
      }
      byte[] bytes = new byte[(int) length];
      reader.read(start, ByteBuffer.wrap(bytes));
      for (long part = from; part < to; part++) {
        int offset = (int) ((part - from) * PART_BYTES);
        byte[] piece = Arrays.copyOfRange(bytes, offset, offset + lengthBytes(part));
        cache.put(new ObjectPart(name, part), piece);
        copy(piece, part, end, target);
      }
    }

    /** Copies what the target still wants of a part. */
    private void copy(byte[] bytes, long part, long end, ByteBuffer target) {
      long start = part * PART_BYTES;
      int offset = (int) (end - target.remaining() - start);
      int length = Math.min(bytes.length - offset, target.remaining());
      target.put(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
