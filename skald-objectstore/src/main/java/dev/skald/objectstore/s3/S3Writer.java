package dev.skald.objectstore.s3;

import dev.skald.storage.object.ObjectName;
import dev.skald.storage.object.ObjectWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Gathers an object; a small one is put in one request, a larger one in parts, of which one is in
 * memory. Half an object is never visible: parts are no object before they are joined.
 */
final class S3Writer implements ObjectWriter {
  private static final int CHUNK_BYTES = 64 << 10;

  private final Bucket bucket;
  private final ObjectName name;
  private final String nonce;
  private final Part part = new Part();
  private @Nullable MultipartUpload upload;
  private long positionBytes;
  private boolean ended;

  S3Writer(Bucket bucket, ObjectName name, String nonce) {
    this.bucket = bucket;
    this.name = name;
    this.nonce = nonce;
  }

  /** Lets its bytes be sent without copying them once more. */
  private static final class Part extends ByteArrayOutputStream {
    ByteBuffer view() {
      return ByteBuffer.wrap(buf, 0, count);
    }
  }

  @Override
  public void write(ByteBuffer source) throws IOException {
    checkOpen();
    byte[] chunk = new byte[Math.min(source.remaining(), CHUNK_BYTES)];
    while (source.hasRemaining()) {
      int length = Math.min(Math.min(source.remaining(), chunk.length), room());
      source.get(chunk, 0, length);
      part.write(chunk, 0, length);
      positionBytes += length;
      if (room() == 0) {
        sendPart();
      }
    }
  }

  private int room() {
    return bucket.partBytes() - part.size();
  }

  private void sendPart() throws IOException {
    if (upload == null) {
      upload = bucket.startParts(name, nonce);
    }
    upload.add(part.view());
    part.reset();
  }

  @Override
  public long positionBytes() {
    return positionBytes;
  }

  @Override
  public void complete() throws IOException {
    checkOpen();
    if (upload == null) {
      ended = true; // also if it fails: the outcome is not known then
      bucket.put(name, part.view(), nonce);
    } else {
      if (part.size() > 0) {
        sendPart();
      }
      upload.join();
      ended = true;
    }
  }

  private void checkOpen() {
    if (ended) {
      throw new IllegalStateException(name + " is closed or complete");
    }
  }

  @Override
  public void close() {
    if (!ended && upload != null) {
      upload.abort();
    }
    ended = true;
  }
}
