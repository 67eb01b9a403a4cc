package dev.skald.objectstore.s3;

import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.object.ObjectStoreContract;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class S3ObjectStoreTest extends ObjectStoreContract {
  private static final AtomicInteger STORES = new AtomicInteger();
  private static @Nullable S3Server server;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    server = S3Server.inFolder(folder, "logs");
  }

  @AfterAll
  static void stop() {
    server().close();
  }

  private static S3Server server() {
    return Objects.requireNonNull(server);
  }

  @Override
  protected ObjectStore store() {
    return S3ObjectStore.open(
        server().settings("logs", "store-" + STORES.incrementAndGet() + "/"),
        new Random(1)::nextLong);
  }
}
