package dev.skald.protocol.wire;

import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * What decoding one request needs, to be used again by the next. Leased from a {@link BufferPool};
 * close returns it.
 */
public final class BodyBuffers implements AutoCloseable {
  private final BufferPool pool;
  private GrowingBytes current;
  private GrowingBytes other;
  private final GrowingBytes text;
  private @Nullable Inflater inflater;

  BodyBuffers(BufferPool pool) {
    this.pool = pool;
    this.current = new GrowingBytes(pool);
    this.other = new GrowingBytes(pool);
    this.text = new GrowingBytes(pool);
  }

  /** The body, as far as it is decoded. */
  public GrowingBytes current() {
    return current;
  }

  /** Where the next step of decoding writes to; {@link #swap} makes it the current one. */
  public GrowingBytes other() {
    return other;
  }

  public void swap() {
    GrowingBytes was = current;
    current = other;
    other = was;
  }

  /** Where JSON strings are unescaped to. */
  public GrowingBytes text() {
    return text;
  }

  /** For raw deflate, as new. */
  Inflater inflater() {
    Inflater known = inflater;
    if (known == null) {
      known = new Inflater(true);
      inflater = known;
    } else {
      known.reset();
    }
    return known;
  }

  /** Keeps arrays up to a size; the next lease starts with them. */
  void trim(int retainedBytesMax) {
    current.trim(retainedBytesMax);
    other.trim(retainedBytesMax);
    text.trim(retainedBytesMax);
  }

  /** Releases everything; not to be used afterwards. */
  void dispose() {
    current.drop();
    other.drop();
    text.drop();
    if (inflater != null) {
      inflater.end();
      inflater = null;
    }
  }

  @Override
  public void close() {
    pool.giveBack(this);
  }
}
