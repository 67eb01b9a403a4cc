package dev.skald.server.config;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The bucket that a configuration means. It is used if the newest period of {@code schema_config}
 * says {@code s3} or {@code aws}, or says nothing and there is a bucket. Keys stand in several
 * places; the first that names a bucket counts: {@code storage_config.aws},
 * {@code storage_config.object_store.s3}, {@code common.storage.s3},
 * {@code common.storage.object_store.s3}.
 *
 * @param endpoint null is Amazon's
 * @param prefix of every key: empty, or ends with a slash
 * @param accessKeyId "" if not said
 * @param secretAccessKey "" if not said
 * @param sessionToken "" if not said
 */
public record S3Bucket(
    @Nullable URI endpoint,
    String region,
    String bucket,
    String prefix,
    boolean isNamedInPath,
    String accessKeyId,
    String secretAccessKey,
    String sessionToken) {
  private static final String REGION_DEFAULT = "us-east-1";
  private static final Set<String> STORES = Set.of("s3", "aws", "");

  /**
   * @return null if the data is in a local folder
   * @throws SkaldException BAD_REQUEST if what is said is no bucket; the message holds no secret
   */
  static @Nullable S3Bucket of(SkaldConfig config) {
    String store = config.schemaConfig().newestObjectStore();
    if (!STORES.contains(store)) {
      return null;
    }
    StorageConfig storage = config.storageConfig();
    CommonConfig.Storage common = config.common().storage();
    if (storage.aws().namesBucket()) {
      return of("storage_config.aws", storage.aws());
    } else if (!storage.objectStore().s3().bucketName().isEmpty()) {
      return of("storage_config.object_store", storage.objectStore());
    } else if (common.s3().namesBucket()) {
      return of("common.storage.s3", common.s3());
    } else if (!common.objectStore().s3().bucketName().isEmpty()) {
      return of("common.storage.object_store", common.objectStore());
    } else if (store.isEmpty()) {
      return null;
    }
    throw new SkaldException(
        ErrorKind.BAD_REQUEST,
        "the newest period of schema_config has object_store %s, but neither storage_config.aws nor"
            + " common.storage.s3 names a bucket",
        store);
  }

  private static S3Bucket of(String path, ObjectStoreConfig store) {
    ObjectStoreConfig.S3 s3 = store.s3();
    S3Location location =
        new S3Location(s3.bucketName(), store.storagePrefix(), s3.region(), s3.endpoint(), "", "");
    return of(
        path,
        location,
        s3.accessKeyId(),
        s3.secretAccessKey(),
        s3.sessionToken(),
        s3.insecure(),
        false);
  }

  private static S3Bucket of(String path, S3Config s3) {
    S3Location url = new S3Location("", "", "", "", "", "");
    if (!s3.s3().isEmpty()) {
      try {
        url = S3Location.parse(s3.s3());
      } catch (IllegalArgumentException e) {
        throw new SkaldException(ErrorKind.BAD_REQUEST, "%s.s3: %s", path, e.getMessage());
      }
    }
    if (s3.bucketnames().indexOf(',') >= 0) {
      throw new SkaldException(
          ErrorKind.UNSUPPORTED, "%s.bucketnames: several buckets, of which Skald takes one", path);
    }
    S3Location location =
        new S3Location(
            first(s3.bucketnames(), url.bucket()),
            url.prefix(),
            first(s3.region(), url.region()),
            first(s3.endpoint(), url.endpoint()),
            "",
            "");
    return of(
        path,
        location,
        first(s3.accessKeyId(), url.accessKeyId()),
        first(s3.secretAccessKey(), url.secretAccessKey()),
        s3.sessionToken(),
        s3.insecure(),
        s3.forcePathStyle());
  }

  private static S3Bucket of(
      String path,
      S3Location location,
      String keyId,
      String secret,
      String token,
      boolean insecure,
      boolean forcePathStyle) {
    if (keyId.isEmpty() != secret.isEmpty()) {
      throw new SkaldException(
          ErrorKind.BAD_REQUEST,
          "%s: access_key_id and secret_access_key go together, and one of them is missing",
          path);
    }
    URI endpoint = endpoint(path, location.endpoint(), insecure);
    return new S3Bucket(
        endpoint,
        first(location.region(), REGION_DEFAULT),
        location.bucket(),
        prefix(location.prefix()),
        forcePathStyle || (endpoint != null && !isAmazons(endpoint)),
        keyId,
        secret,
        token);
  }

  private static @Nullable URI endpoint(String path, String text, boolean insecure) {
    if (text.isEmpty()) {
      return null;
    }
    String url = text.contains("://") ? text : (insecure ? "http://" : "https://") + text;
    try {
      URI uri = new URI(url);
      if (uri.getHost() != null && uri.getUserInfo() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // said below, without the text: somebody may have put a secret there
    }
    throw new SkaldException(
        ErrorKind.BAD_REQUEST, "%s.endpoint: neither a host nor a URL of one", path);
  }

  private static boolean isAmazons(URI endpoint) {
    String host = endpoint.getHost();
    return host.endsWith(".amazonaws.com") || host.endsWith(".amazonaws.com.cn");
  }

  private static String prefix(String text) {
    String prefix = text;
    while (prefix.startsWith("/")) {
      prefix = prefix.substring(1);
    }
    return prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
  }

  private static String first(String one, String other) {
    return one.isEmpty() ? other : one;
  }

  /** Without credentials. */
  @Override
  public String toString() {
    return (endpoint == null ? region : endpoint) + "/" + bucket + "/" + prefix;
  }
}
