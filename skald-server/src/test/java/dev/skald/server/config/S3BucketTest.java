package dev.skald.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class S3BucketTest {
  private static final String SCHEMA =
      "schema_config: {configs: [{from: 2024-01-01, object_store: %s}]}\n";

  @TempDir private Path folder = Path.of("");

  record Case(String yaml, @Nullable S3Bucket want) {}

  private static S3Bucket bucket(
      @Nullable String endpoint, String region, String prefix, boolean inPath, String... keys) {
    return new S3Bucket(
        endpoint == null ? null : URI.create(endpoint),
        region,
        "logs",
        prefix,
        inPath,
        keys.length > 0 ? keys[0] : "",
        keys.length > 1 ? keys[1] : "",
        keys.length > 2 ? keys[2] : "");
  }

  static List<Case> cases() {
    return List.of(
        new Case("", null),
        new Case(
            SCHEMA.formatted("filesystem") + "storage_config: {aws: {bucketnames: logs}}", null),
        new Case(
            "common: {storage: {s3: {bucketnames: logs, region: eu-west-1}}}",
            bucket(null, "eu-west-1", "", false)),
        new Case(
            SCHEMA.formatted("s3")
                + "storage_config: {aws: {s3: 's3://AK:se%2Fcret@eu-west-1/logs'}}",
            bucket(null, "eu-west-1", "", false, "AK", "se/cret")),
        new Case(
            SCHEMA.formatted("aws")
                + "storage_config: {aws: {s3: 's3://logs/chunks', region: eu-west-1,"
                + " s3forcepathstyle: true}}",
            bucket(null, "eu-west-1", "chunks/", true)),
        new Case(
            SCHEMA.formatted("s3")
                + "storage_config: {aws: {bucketnames: logs, endpoint: 'minio:9000', insecure: true,"
                + " access_key_id: AK, secret_access_key: sk, session_token: tk}}",
            bucket("http://minio:9000", "us-east-1", "", true, "AK", "sk", "tk")),
        new Case(
            SCHEMA.formatted("s3")
                + "storage_config: {aws: {s3: 's3://AK:sk@minio:9000/logs', insecure: true}}\n"
                + "common: {storage: {s3: {bucketnames: other}}}",
            bucket("http://minio:9000", "us-east-1", "", true, "AK", "sk")),
        new Case(
            SCHEMA.formatted("s3")
                + "storage_config: {aws: {bucketnames: logs,"
                + " endpoint: s3.eu-west-1.amazonaws.com}}",
            bucket("https://s3.eu-west-1.amazonaws.com", "us-east-1", "", false)),
        new Case(
            SCHEMA.formatted("s3")
                + "storage_config: {object_store: {storage_prefix: /a/b, s3: {bucket_name: logs,"
                + " endpoint: 'https://minio', region: here}}}",
            bucket("https://minio", "here", "a/b/", true)));
  }

  private @Nullable S3Bucket load(String yaml) {
    return ConfigFiles.load(folder, yaml).config().bucket();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theBucketIsWhatWasMeant(Case c) {
    assertEquals(c.want(), load(c.yaml()));
  }

  record Refused(String yaml, String why) {}

  static List<Refused> refused() {
    return List.of(
        new Refused(SCHEMA.formatted("s3"), "names a bucket"),
        new Refused("storage_config: {aws: {bucketnames: 'a,b'}}", "several buckets"),
        new Refused(
            "storage_config: {aws: {bucketnames: a, secret_access_key: hush}}",
            "one of them is missing"),
        new Refused("storage_config: {aws: {s3: 's3://id:hush@eu-west-1'}}", "without a bucket"),
        new Refused(
            "common: {storage: {s3: {bucketnames: a, endpoint: 'http://id:hush@there'}}}",
            "common.storage.s3.endpoint: neither a host nor a URL"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatIsNoBucketIsRefusedWithoutTellingSecrets(Refused c) {
    SkaldException e = assertThrows(SkaldException.class, () -> load(c.yaml()));
    assertTrue(e.getMessage().contains(c.why()), e::getMessage);
    assertFalse(e.getMessage().contains("hush"), e::getMessage);
    assertTrue(
        e.kind() == ErrorKind.BAD_REQUEST || e.kind() == ErrorKind.UNSUPPORTED, e::getMessage);
  }

  @Test
  void noTextShowsTheSecret() {
    assertEquals(
        "http://minio:9000/logs/",
        bucket("http://minio:9000", "r", "", true, "id", "hush").toString());
  }
}
