package dev.skald.objectstore.s3;

import dev.skald.random.Randomness;
import dev.skald.storage.object.ObjectName;
import dev.skald.storage.object.ObjectReader;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.object.ObjectWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An {@link ObjectStore} in a bucket: object {@code manifest/42} is the key {@code
 * <prefix>manifest/42}. A name is made once because every object is put with {@code If-None-Match:
 * *}.
 *
 * <p>A request may be carried out though its answer is lost, and its repetition then finds the name
 * taken: by us. So each object carries a nonce in its metadata; a name that is found taken by our own
 * nonce was made by us.
 *
 * <p>A bucket forgets an object that is deleted while somebody reads it. So an object that is open
 * here is deleted when the last reader closes; to this store's user it is gone at once. A crash
 * before that leaves an object that no manifest names, and a later clean-up takes it.
 */
public final class S3ObjectStore implements ObjectStore, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(S3ObjectStore.class);

  private final Bucket bucket;
  private final Randomness randomness;
  private final OpenObjects open = new OpenObjects();

  private S3ObjectStore(Bucket bucket, Randomness randomness) {
    this.bucket = bucket;
    this.randomness = randomness;
  }

  /** Makes a client; nothing is asked of the service yet. See {@link StoreProbe}. */
  public static S3ObjectStore open(S3Settings settings, Randomness randomness) {
    return new S3ObjectStore(Bucket.open(settings), randomness);
  }

  @Override
  public ObjectWriter create(ObjectName name) {
    return new S3Writer(bucket, name, nonce());
  }

  @Override
  public void createIfAbsent(ObjectName name, ByteBuffer content) throws IOException {
    bucket.put(name, content.duplicate(), nonce());
  }

  private String nonce() {
    return String.format("%016x", randomness.nextLong());
  }

  @Override
  public ObjectReader open(ObjectName name) throws IOException {
    if (!open.enter(name)) {
      throw new NoSuchFileException(bucket.place(name));
    }
    boolean opened = false;
    try {
      ObjectReader reader = new Reader(name, bucket.sizeBytes(name));
      opened = true;
      return reader;
    } finally {
      if (!opened) {
        leave(name);
      }
    }
  }

  @Override
  public List<ObjectName> list(String folder) throws IOException {
    List<ObjectName> names = new ArrayList<>(bucket.list(folder));
    names.removeIf(open::isDoomed);
    names.sort(null);
    return names;
  }

  @Override
  public void delete(ObjectName name) throws IOException {
    if (!open.doom(name)) {
      bucket.delete(name);
    }
  }

  private void leave(ObjectName name) {
    if (open.leave(name)) {
      try {
        bucket.delete(name);
      } catch (IOException e) {
        LOG.warn("{}; it stays behind until a clean-up", e.getMessage());
      }
    }
  }

  /** Closing twice is harmless. */
  @Override
  public void close() {
    bucket.close();
  }

  @Override
  public String toString() {
    return bucket.toString();
  }

  private final class Reader implements ObjectReader {
    private final ObjectName name;
    private final long sizeBytes;
    private boolean closed; // guarded by this

    Reader(ObjectName name, long sizeBytes) {
      this.name = name;
      this.sizeBytes = sizeBytes;
    }

    @Override
    public long sizeBytes() {
      return sizeBytes;
    }

    @Override
    public void read(long offsetBytes, ByteBuffer target) throws IOException {
      if (offsetBytes < 0 || offsetBytes + target.remaining() > sizeBytes) {
        throw new java.io.EOFException(
            "%s: bytes %d to %d of %d"
                .formatted(name, offsetBytes, offsetBytes + target.remaining(), sizeBytes));
      }
      if (target.hasRemaining()) {
        bucket.read(name, offsetBytes, target);
      }
    }

    @Override
    public void close() {
      synchronized (this) {
        if (closed) {
          return;
        }
        closed = true;
      }
      leave(name);
    }
  }
}
