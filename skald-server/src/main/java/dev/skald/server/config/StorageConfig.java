package dev.skald.server.config;

import dev.skald.config.Default;
import dev.skald.config.Doc;
import dev.skald.config.FilePath;
import dev.skald.config.Key;
import dev.skald.config.Secret;

/** Loki's stores: {@code storage_config:}. Skald keeps its data in one local folder. */
public record StorageConfig(Filesystem filesystem, ObjectStoreConfig objectStore, Aws aws) {
  /** A local folder: {@code storage_config.filesystem}. */
  public record Filesystem(@Doc("The data folder.") @Default("\"\"") @FilePath String directory) {}

  /** S3: {@code storage_config.aws}; see {@link S3Location}. */
  public record Aws(
      @Doc(
              "Bucket as a URL: s3://bucket/prefix, s3://key:secret@region/bucket or"
                  + " s3://host:port/bucket.")
          @Default("\"\"")
          @Secret
          String s3,
      @Doc("Buckets, separated by commas.") @Default("\"\"") String bucketnames,
      @Doc("Host of the service.") @Default("\"\"") String endpoint,
      @Doc("Region of the bucket.") @Default("\"\"") String region,
      @Doc("Key id.") @Default("\"\"") String accessKeyId,
      @Doc("Secret of the key.") @Default("\"\"") @Secret String secretAccessKey,
      @Doc("HTTP instead of HTTPS.") @Default("false") boolean insecure,
      @Doc("Bucket in the path instead of the host name.")
          @Default("false")
          @Key("s3forcepathstyle")
          boolean forcePathStyle) {}
}
