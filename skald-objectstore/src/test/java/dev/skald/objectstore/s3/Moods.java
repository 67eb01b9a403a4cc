package dev.skald.objectstore.s3;

import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Makes a server's next puts fail: before they happen, or after. */
final class Moods {
  private final AtomicInteger throttled = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();

  void throttle(int puts) {
    throttled.set(puts);
  }

  /** So many puts are carried out, or refused, and answered with an error of the server's own. */
  void loseAnswers(int puts) {
    lost.set(puts);
  }

  int left() {
    return throttled.get() + lost.get();
  }

  private static boolean takes(AtomicInteger count) {
    return count.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
  }

  BlobStore around(BlobStore store) {
    return new ForwardingBlobStore(store) {
      @Override
      public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
        if (takes(throttled)) {
          throw S3Exceptions.fromStatusCode(503);
        }
        boolean isLost = takes(lost);
        try {
          PutObjectResponse response = super.putBlob(request, content);
          return isLost ? fail() : response;
        } catch (RuntimeException e) {
          if (isLost) {
            return fail();
          }
          throw e;
        }
      }

      private PutObjectResponse fail() {
        throw S3Exceptions.fromStatusCode(500);
      }
    };
  }
}
