package dev.skald.server.config;

import dev.skald.config.Default;
import dev.skald.config.Doc;
import dev.skald.config.Key;
import dev.skald.config.Secret;

/** S3: {@code storage_config.aws} and {@code common.storage.s3}; see {@link S3Location}. */
public record S3Config(
    @Doc(
            "Bucket as a URL: s3://bucket/prefix, s3://key:secret@region/bucket or"
                + " s3://host:port/bucket. What the keys below say counts more.")
        @Default("\"\"")
        @Secret
        String s3,
    @Doc("The bucket; Skald takes one.") @Default("\"\"") String bucketnames,
    @Doc("Host of the service, or its URL; empty is Amazon's. Another's is asked by path.")
        @Default("\"\"")
        String endpoint,
    @Doc("Region of the bucket; empty is us-east-1.") @Default("\"\"") String region,
    @Doc(
            "Key id; without one, credentials are found as AWS tools find them: environment, profile, "
                + "role of the machine.")
        @Default("\"\"")
        String accessKeyId,
    @Doc("Secret of the key.") @Default("\"\"") @Secret String secretAccessKey,
    @Doc("Token of a key for a while.") @Default("\"\"") @Secret String sessionToken,
    @Doc("HTTP instead of HTTPS, where the endpoint does not say.") @Default("false")
        boolean insecure,
    @Doc("Bucket in the path instead of the host name.") @Default("false") @Key("s3forcepathstyle")
        boolean forcePathStyle) {
  boolean namesBucket() {
    return !s3.isEmpty() || !bucketnames.isEmpty();
  }
}
