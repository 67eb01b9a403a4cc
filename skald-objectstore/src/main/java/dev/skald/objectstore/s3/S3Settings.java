package dev.skald.objectstore.s3;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which bucket, who asks, and how patiently.
 *
 * @param endpoint of a service that is not Amazon's; null if it is
 * @param region that requests are signed for
 * @param prefix of every key: empty, or ends with a slash
 * @param credentials null: found as AWS tools find them, in the environment or by the machine's role
 * @param requestTimeout longest time of one try
 * @param attemptsMax tries of one request, the first included
 * @param partBytes an object beyond this is sent in parts of this size
 */
public record S3Settings(
    @Nullable URI endpoint,
    String region,
    String bucket,
    String prefix,
    Addressing addressing,
    @Nullable Credentials credentials,
    Duration requestTimeout,
    int attemptsMax,
    int partBytes) {
  /** Smallest part that S3 takes. */
  public static final int PART_BYTES_MIN = 5 << 20;

  public static final int PART_BYTES_DEFAULT = 8 << 20;
  public static final int ATTEMPTS_MAX_DEFAULT = 5;
  public static final Duration REQUEST_TIMEOUT_DEFAULT = Duration.ofSeconds(30);

  /** Where the bucket's name stands. */
  public enum Addressing {
    /** In the path: {@code https://host/bucket/key}. */
    PATH,
    /** In the host's name: {@code https://bucket.host/key}. */
    HOST
  }

  /**
   * A key and its secret, which no text shows.
   *
   * @param sessionToken empty if there is none
   */
  public record Credentials(String keyId, String secret, String sessionToken) {
    public Credentials {
      if (keyId.isEmpty() || secret.isEmpty()) {
        throw new IllegalArgumentException("an S3 key needs both its id and its secret");
      }
    }

    /** Neither the id nor the secret. */
    @Override
    public String toString() {
      return "********";
    }
  }

  public S3Settings {
    if (bucket.isEmpty() || region.isEmpty()) {
      throw new IllegalArgumentException("bucket \"%s\" region \"%s\"".formatted(bucket, region));
    }
    if (prefix.startsWith("/") || (!prefix.isEmpty() && !prefix.endsWith("/"))) {
      throw new IllegalArgumentException("prefix of S3 keys: " + prefix);
    }
    if (requestTimeout.isZero() || requestTimeout.isNegative() || attemptsMax < 1) {
      throw new IllegalArgumentException(
          "timeout %s attempts %d".formatted(requestTimeout, attemptsMax));
    }
    if (partBytes < PART_BYTES_MIN) {
      throw new IllegalArgumentException("parts of " + partBytes + " bytes");
    }
  }

  /** Endpoint or region, bucket and prefix, for people; no secret. */
  public String place() {
    String host = endpoint == null ? "s3 in " + region : endpoint.toString();
    return host + ", bucket " + bucket + (prefix.isEmpty() ? "" : ", prefix " + prefix);
  }
}
