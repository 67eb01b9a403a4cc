package dev.skald.server.config;

import dev.skald.config.Default;
import dev.skald.config.Doc;
import dev.skald.config.FilePath;
import dev.skald.config.Secret;

/**
 * The newer form of a store's settings.
 *
 * @param storagePrefix of every key in a bucket
 */
public record ObjectStoreConfig(
    Filesystem filesystem,
    S3 s3,
    @Doc("Put before every key in a bucket.") @Default("\"\"") String storagePrefix) {
  /** A bucket. */
  public record S3(
      @Doc("The bucket.") @Default("\"\"") String bucketName,
      @Doc("Host of the service, or its URL; empty is Amazon's.") @Default("\"\"") String endpoint,
      @Doc("Region of the bucket; empty is us-east-1.") @Default("\"\"") String region,
      @Doc("Key id; without one, credentials are found as AWS tools find them.") @Default("\"\"")
          String accessKeyId,
      @Doc("Secret of the key.") @Default("\"\"") @Secret String secretAccessKey,
      @Doc("Token of a key for a while.") @Default("\"\"") @Secret String sessionToken,
      @Doc("HTTP instead of HTTPS, where the endpoint does not say.") @Default("false")
          boolean insecure) {}

  /** A local folder. */
  public record Filesystem(
      @Doc("The data folder, unless a filesystem.directory or chunks_directory is given.")
          @Default("\"\"")
          @FilePath
          String dir) {}
}
