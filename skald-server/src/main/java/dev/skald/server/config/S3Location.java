package dev.skald.server.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * What a URL in {@code storage_config.aws.s3} means. Its host is a region if it looks like one ({@code eu-west-1}), an
 * endpoint if it has a dot or a port, and then the path is the bucket; else the host is the bucket and the path the
 * prefix of keys, which is what authors of {@code s3://bucket/prefix/} mean.
 *
 * @param prefix of every key; "" if none
 * @param region "" if not said
 * @param endpoint host with port if any; "" if not said
 * @param accessKeyId "" if not said
 * @param secretAccessKey "" if not said
 */
public record S3Location(
    String bucket,
    String prefix,
    String region,
    String endpoint,
    String accessKeyId,
    String secretAccessKey) {
  private static final Set<String> DIRECTIONS =
      Set.of(
          "north",
          "south",
          "east",
          "west",
          "central",
          "northeast",
          "northwest",
          "southeast",
          "southwest");

  /**
   * Reads a URL such as {@code s3://key:secret@eu-west-1/bucket} or {@code s3://minio:9000/bucket}.
   *
   * @throws IllegalArgumentException if it is no URL or names no bucket; the message holds no secret
   */
  public static S3Location parse(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not an S3 URL: " + e.getReason());
    }
    String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    int at = authority.lastIndexOf('@');
    String host = authority.substring(at + 1);
    String user = at < 0 ? "" : authority.substring(0, at);
    int colon = user.indexOf(':');
    String id = colon < 0 ? user : user.substring(0, colon);
    String secret = colon < 0 ? "" : decoded(user.substring(colon + 1));
    String path = uri.getPath() == null ? "" : uri.getPath();
    path = path.startsWith("/") ? path.substring(1) : path;
    boolean isEndpoint = host.indexOf('.') >= 0 || host.indexOf(':') >= 0;
    boolean isRegion = isRegion(host);
    boolean hostIsBucket = !isEndpoint && !isRegion && !host.isEmpty();
    String bucket = hostIsBucket ? host : bucketOf(path);
    if (bucket.isEmpty()) {
      throw new IllegalArgumentException("S3 URL without a bucket");
    }
    return new S3Location(
        bucket,
        hostIsBucket ? path : "",
        isRegion ? host : "",
        isEndpoint ? host : "",
        decoded(id),
        secret);
  }

  private static String bucketOf(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** An area, a direction, a number: {@code eu-west-1}, {@code us-gov-east-2}. */
  private static boolean isRegion(String host) {
    String[] parts = host.split("-", -1);
    if (parts.length < 3 || parts[0].length() != 2) {
      return false;
    }
    String number = parts[parts.length - 1];
    return DIRECTIONS.contains(parts[parts.length - 2])
        && !number.isEmpty()
        && number.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "s3://" + (endpoint.isEmpty() ? region : endpoint) + "/" + bucket + "/" + prefix;
  }
}
