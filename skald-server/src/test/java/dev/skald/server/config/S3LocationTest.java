package dev.skald.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3LocationTest {
  record Case(String url, S3Location want) {}

  private static S3Location at(String bucket, String prefix, String region, String endpoint) {
    return new S3Location(bucket, prefix, region, endpoint, "", "");
  }

  static List<Case> cases() {
    return List.of(
        new Case(
            "s3://neurectomy-data/loki-chunks/", at("neurectomy-data", "loki-chunks/", "", "")),
        new Case("s3://bucket", at("bucket", "", "", "")),
        new Case("s3://eu-west-1/bucket", at("bucket", "", "eu-west-1", "")),
        new Case("s3://us-gov-east-2/bucket", at("bucket", "", "us-gov-east-2", "")),
        new Case("s3://my-logs-1/x", at("my-logs-1", "x", "", "")),
        new Case("s3://minio:9000/bucket", at("bucket", "", "", "minio:9000")),
        new Case("s3://s3.example.com/bucket/", at("bucket", "", "", "s3.example.com")),
        new Case(
            "s3://AKIA:se%2Fcret+x@eu-west-1/bucket",
            new S3Location("bucket", "", "eu-west-1", "", "AKIA", "se/cret+x")),
        new Case(
            "s3://id:pw@minio.local:9000/b",
            new S3Location("b", "", "", "minio.local:9000", "id", "pw")));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void readsWhatTheAuthorMeant(Case c) {
    assertEquals(c.want(), S3Location.parse(c.url()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3://eu-west-1", "s3://eu-west-1/", "", "s3://a b/c"})
  void refusesWhatNamesNoBucket(String url) {
    assertThrows(IllegalArgumentException.class, () -> S3Location.parse(url));
  }
}
