package dev.skald.objectstore.s3;

import dev.skald.storage.object.ObjectName;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The requests that the store makes, with the failures that its port knows. */
final class Bucket implements AutoCloseable {
  /** User metadata: who made the object; see {@link S3ObjectStore}. */
  static final String NONCE = "skald-nonce";

  private static final String CONTENT_TYPE = "application/octet-stream";

  private final S3Settings settings;
  private final S3Client client;

  private Bucket(S3Settings settings, S3Client client) {
    this.settings = settings;
    this.client = client;
  }

  static Bucket open(S3Settings settings) {
    return new Bucket(settings, S3Clients.make(settings));
  }

  int partBytes() {
    return settings.partBytes();
  }

  S3Client client() {
    return client;
  }

  String name() {
    return settings.bucket();
  }

  String key(ObjectName name) {
    return settings.prefix() + name.path();
  }

  /** Where an object is, for a message. */
  String place(ObjectName name) {
    return name + " (" + settings.place() + ")";
  }

  /**
   * Puts an object unless the name is taken.
   *
   * @param content its remaining bytes; may be sent several times
   * @throws FileAlreadyExistsException if somebody else took the name
   */
  void put(ObjectName name, ByteBuffer content, String nonce) throws IOException {
    ByteBuffer bytes = content.slice();
    RequestBody body =
        RequestBody.fromContentProvider(
            () -> new ByteBufferInput(bytes.duplicate()), bytes.remaining(), CONTENT_TYPE);
    try {
      client.putObject(
          put ->
              put.bucket(name())
                  .key(key(name))
                  .ifNoneMatch("*")
                  .contentType(CONTENT_TYPE)
                  .metadata(Map.of(NONCE, nonce)),
          body);
    } catch (SdkException e) {
      if (!isTaken(e)) {
        throw failed("put", name, e);
      }
      requireOurs(name, nonce);
    }
  }

  static boolean isTaken(SdkException e) {
    return status(e) == 412;
  }

  static int status(SdkException e) {
    return e instanceof S3Exception answer ? answer.statusCode() : 0;
  }

  /**
   * Returns if the object of this name was made with this nonce: an earlier try of ours, whose
   * answer was lost.
   */
  void requireOurs(ObjectName name, String nonce) throws IOException {
    if (!nonce.equals(head(name).metadata().get(NONCE))) {
      throw new FileAlreadyExistsException(place(name));
    }
  }

  private HeadObjectResponse head(ObjectName name) throws IOException {
    try {
      return client.headObject(head -> head.bucket(name()).key(key(name)));
    } catch (SdkException e) {
      throw failed("look for", name, e);
    }
  }

  /**
   * @throws NoSuchFileException if there is no such object
   */
  long sizeBytes(ObjectName name) throws IOException {
    return head(name).contentLength();
  }

  boolean exists(ObjectName name) throws IOException {
    try {
      head(name);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Fills what remains of the target; a try that fails half-way is made again from the start. */
  void read(ObjectName name, long offsetBytes, ByteBuffer target) throws IOException {
    ByteBuffer into = target.slice();
    int length = into.remaining();
    String range = "bytes=" + offsetBytes + "-" + (offsetBytes + length - 1);
    try {
      client.getObject(
          get -> get.bucket(name()).key(key(name)).range(range),
          (response, in) -> {
            requireRange(name, response, length);
            try {
              fill(into.duplicate(), in);
            } catch (IOException e) {
              throw RetryableException.create("cut off: " + e.getMessage(), e);
            }
            return response;
          });
    } catch (SdkException e) {
      throw failed("read " + range + " of", name, e);
    }
    target.position(target.position() + length);
  }

  /** A service that does not know ranges sends all of it. */
  private static void requireRange(ObjectName name, GetObjectResponse response, int length) {
    Long sent = response.contentLength();
    if (sent != null && sent != length) {
      throw SdkException.create(
          "%s: asked for a range of %d bytes, was sent %d".formatted(name, length, sent), null);
    }
  }

  private static void fill(ByteBuffer target, InputStream in) throws IOException {
    byte[] chunk = new byte[Math.min(target.remaining(), 16 << 10)];
    while (target.hasRemaining()) {
      int count = in.read(chunk, 0, Math.min(chunk.length, target.remaining()));
      if (count < 0) {
        throw new EOFException(target.remaining() + " bytes are missing");
      }
      target.put(chunk, 0, count);
    }
  }

  /** Names in a folder, in no order; strangers left out. */
  List<ObjectName> list(String folder) throws IOException {
    String prefix = settings.prefix() + folder + "/";
    List<ObjectName> names = new ArrayList<>();
    ListObjectsV2Request request =
        ListObjectsV2Request.builder().bucket(name()).prefix(prefix).delimiter("/").build();
    try {
      for (ListObjectsV2Response page : client.listObjectsV2Paginator(request)) {
        for (S3Object object : page.contents()) {
          String name = object.key().substring(prefix.length());
          if (ObjectName.isPart(name)) {
            names.add(new ObjectName(folder, name));
          }
        }
      }
    } catch (SdkException e) {
      throw new IOException(message("list", folder, e), e);
    }
    return names;
  }

  /** Deletes an object; an absent one is no error. */
  void delete(ObjectName name) throws IOException {
    try {
      client.deleteObject(delete -> delete.bucket(name()).key(key(name)));
    } catch (SdkException e) {
      if (status(e) != 404) {
        throw failed("delete", name, e);
      }
    }
  }

  MultipartUpload startParts(ObjectName name, String nonce) throws IOException {
    try {
      String id =
          client
              .createMultipartUpload(
                  create ->
                      create
                          .bucket(name())
                          .key(key(name))
                          .contentType(CONTENT_TYPE)
                          .metadata(Map.of(NONCE, nonce)))
              .uploadId();
      return new MultipartUpload(this, name, nonce, id);
    } catch (SdkException e) {
      throw failed("begin", name, e);
    }
  }

  IOException failed(String doing, ObjectName name, SdkException e) {
    if (status(e) == 404 && !isBucketMissing(e)) {
      NoSuchFileException absent = new NoSuchFileException(place(name));
      absent.initCause(e);
      return absent;
    }
    return new IOException(message(doing, name.path(), e), e);
  }

  private static boolean isBucketMissing(SdkException e) {
    return e instanceof S3Exception answer
        && answer.awsErrorDetails() != null
        && "NoSuchBucket".equals(answer.awsErrorDetails().errorCode());
  }

  private String message(String doing, String what, SdkException e) {
    return "cannot %s %s (%s): %s"
        .formatted(doing, what, settings.place(), String.valueOf(e.getMessage()));
  }

  @Override
  public void close() {
    client.close();
  }

  @Override
  public String toString() {
    return settings.place();
  }
}
