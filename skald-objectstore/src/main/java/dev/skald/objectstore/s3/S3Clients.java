package dev.skald.objectstore.s3;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The SDK's client, as Skald wants it. */
final class S3Clients {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration BACKOFF_FIRST = Duration.ofMillis(50);
  private static final Duration BACKOFF_MAX = Duration.ofSeconds(5);

  /** Another conditional put of the same name was under way; S3 asks to try again. */
  private static final int CONFLICT = 409;

  private S3Clients() {}

  static S3Client make(S3Settings settings) {
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClient(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(CONNECT_TIMEOUT)
                    .socketTimeout(settings.requestTimeout())
                    .build())
            .region(Region.of(settings.region()))
            .credentialsProvider(credentials(settings))
            .forcePathStyle(settings.addressing() == S3Settings.Addressing.PATH)
            // What is stored has checksums of its own, and many services know none of these.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(S3Configuration.builder().chunkedEncodingEnabled(false).build())
            .overrideConfiguration(
                override ->
                    override
                        .apiCallAttemptTimeout(settings.requestTimeout())
                        .retryStrategy(retries(settings)));
    if (settings.endpoint() != null) {
      builder.endpointOverride(settings.endpoint());
    }
    return builder.build();
  }

  /** Any request may be repeated: a name is made once, and {@link Bucket} knows its own objects. */
  private static RetryStrategy retries(S3Settings settings) {
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .maxAttempts(settings.attemptsMax())
        .backoffStrategy(BackoffStrategy.exponentialDelay(BACKOFF_FIRST, BACKOFF_MAX))
        .retryOnException(e -> e instanceof S3Exception s3 && s3.statusCode() == CONFLICT)
        .circuitBreakerEnabled(false)
        .build();
  }

  private static AwsCredentialsProvider credentials(S3Settings settings) {
    S3Settings.Credentials given = settings.credentials();
    if (given == null) {
      return DefaultCredentialsProvider.builder().build();
    }
    return StaticCredentialsProvider.create(
        given.sessionToken().isEmpty()
            ? AwsBasicCredentials.create(given.keyId(), given.secret())
            : AwsSessionCredentials.create(given.keyId(), given.secret(), given.sessionToken()));
  }
}
