package dev.skald.objectstore.s3;

import dev.skald.storage.object.ObjectName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** An object on its way in parts; for one thread. */
final class MultipartUpload {
  private static final Logger LOG = LoggerFactory.getLogger(MultipartUpload.class);

  private static final int NOT_IMPLEMENTED = 501;
  private static final int NOT_FOUND = 404;

  private final Bucket bucket;
  private final ObjectName name;
  private final String nonce;
  private final String id;
  private final List<CompletedPart> parts = new ArrayList<>();

  MultipartUpload(Bucket bucket, ObjectName name, String nonce, String id) {
    this.bucket = bucket;
    this.name = name;
    this.nonce = nonce;
    this.id = id;
  }

  /** Sends one more part. */
  void add(ByteBuffer content) throws IOException {
    int number = parts.size() + 1;
    ByteBuffer bytes = content.slice();
    RequestBody body =
        RequestBody.fromContentProvider(
            () -> new ByteBufferInput(bytes.duplicate()),
            bytes.remaining(),
            "application/octet-stream");
    try {
      String tag =
          bucket
              .client()
              .uploadPart(
                  part ->
                      part.bucket(bucket.name())
                          .key(bucket.key(name))
                          .uploadId(id)
                          .partNumber(number),
                  body)
              .eTag();
      parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
    } catch (SdkException e) {
      throw bucket.failed("send part " + number + " of", name, e);
    }
  }

  /**
   * Makes the parts an object, unless the name is taken.
   *
   * <p>Some services do not know the condition here though they do for small objects. For them it is
   * asked before; what needs the condition to hold among rivals (a manifest) is one part.
   */
  void join() throws IOException {
    if (bucket.exists(name)) {
      throw new FileAlreadyExistsException(bucket.place(name));
    }
    try {
      join("*");
    } catch (SdkException e) {
      switch (Bucket.status(e)) {
        case NOT_IMPLEMENTED -> joinWithoutCondition();
        case 412, NOT_FOUND -> bucket.requireOurs(name, nonce);
        default -> throw bucket.failed("join the parts of", name, e);
      }
    }
  }

  private void joinWithoutCondition() throws IOException {
    try {
      join(null);
    } catch (SdkException e) {
      if (Bucket.status(e) != NOT_FOUND) {
        throw bucket.failed("join the parts of", name, e);
      }
      bucket.requireOurs(name, nonce); // joined by a try whose answer was lost
    }
  }

  private void join(@Nullable String ifNoneMatch) {
    bucket
        .client()
        .completeMultipartUpload(
            complete ->
                complete
                    .bucket(bucket.name())
                    .key(bucket.key(name))
                    .uploadId(id)
                    .ifNoneMatch(ifNoneMatch)
                    .multipartUpload(all -> all.parts(parts)));
  }

  /** Forgets the parts. */
  void abort() {
    try {
      bucket
          .client()
          .abortMultipartUpload(
              abort -> abort.bucket(bucket.name()).key(bucket.key(name)).uploadId(id));
    } catch (SdkException e) {
      // Nothing of it is visible; a bucket's life-cycle rule for unfinished uploads takes the
      // parts.
      LOG.debug("{}: parts stay behind", name, e);
    }
  }
}
