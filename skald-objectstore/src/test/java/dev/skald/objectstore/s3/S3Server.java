package dev.skald.objectstore.s3;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/** A server that speaks S3 over HTTP on a loopback port, in this JVM. Signatures are checked. */
public final class S3Server implements AutoCloseable {
  public static final String KEY_ID = "skald-test";
  public static final String SECRET = "not/a+secret";

  private final S3Proxy server;

  private S3Server(S3Proxy server) {
    this.server = server;
  }

  /** Keeps objects in memory. */
  public static S3Server inMemory(UnaryOperator<BlobStore> around) throws Exception {
    return start(around.apply(new TransientNio2BlobStore()));
  }

  /** Keeps objects in a folder, a bucket in each folder below it. */
  public static S3Server inFolder(Path folder, String bucket) throws Exception {
    Files.createDirectories(folder.resolve(bucket));
    return start(new FilesystemNio2BlobStore(folder.toString()));
  }

  private static S3Server start(BlobStore store) throws Exception {
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(store)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, KEY_ID, SECRET)
            .build();
    server.start();
    return new S3Server(server);
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  /** What a client of this server is told. */
  public S3Settings settings(String bucket, String prefix) {
    return settings(bucket, prefix, SECRET);
  }

  S3Settings settings(String bucket, String prefix, String secret) {
    return new S3Settings(
        endpoint(),
        "us-east-1",
        bucket,
        prefix,
        S3Settings.Addressing.PATH,
        new S3Settings.Credentials(KEY_ID, secret, ""),
        Duration.ofSeconds(10),
        4,
        S3Settings.PART_BYTES_MIN);
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the S3 server does not stop", e);
    }
  }
}
