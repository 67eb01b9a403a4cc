package dev.skald.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.disk.Disk;
import dev.skald.disk.FileDisk;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that has not replayed its log yet: it answers queries and says what they lack, and is not ready. */
final class ReplayDoorsTest {
  private static final long NOW_SECONDS = System.currentTimeMillis() / 1000;
  private static final String COUNT =
      "/loki/api/v1/query?query="
          + URLEncoder.encode("sum(count_over_time({app=\"web\"}[1h]))", StandardCharsets.UTF_8);

  @TempDir Path folder = Path.of("");

  /** Whoever replays the log waits for the latch at its first file. */
  private static Disk gated(Disk disk, CountDownLatch gate) {
    Object proxy =
        Proxy.newProxyInstance(
            Disk.class.getClassLoader(),
            new Class<?>[] {Disk.class},
            (self, method, arguments) -> {
              if (Thread.currentThread().getName().equals("wal-replay")) {
                gate.await();
              }
              try {
                return method.invoke(disk, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    return Disk.class.cast(proxy);
  }

  private static Ports ports(CountDownLatch gate) {
    Ports real = Ports.ofThisMachine();
    return new Ports(
        real.clock(),
        real.ticker(),
        real.threads(),
        real.randomness(),
        real.network(),
        path -> gated(FileDisk.at(path), gate));
  }

  private static HttpResponse<String> push(RunningSkald skald, int second) throws Exception {
    String body =
        "{\"streams\":[{\"stream\":{\"app\":\"web\"},\"values\":[[\"%d000000000\",\"x\"]]}]}"
            .formatted(NOW_SECONDS - second);
    return skald.post("/loki/api/v1/push", body, "Content-Type", "application/json");
  }

  @Test
  void queriesAreAnsweredBeforeTheServerIsReady() throws Exception {
    try (RunningSkald skald = RunningSkald.start(folder, "auth_enabled: false")) {
      assertEquals(204, push(skald, 10).statusCode());
      assertEquals(204, skald.post("/flush", "").statusCode());
      assertEquals(204, push(skald, 20).statusCode());
    }
    CountDownLatch gate = new CountDownLatch(1);
    try (RunningSkald skald = RunningSkald.start(folder, "auth_enabled: false", ports(gate));
        AutoCloseable _ = gate::countDown) {
      HttpResponse<String> ready = skald.get("/ready");
      assertEquals(503, ready.statusCode());
      assertTrue(ready.body().startsWith("Ingester not ready: the log"), ready::body);

      HttpResponse<String> count = skald.get(COUNT);
      assertEquals(200, count.statusCode());
      assertTrue(count.body().contains(",\"1\"]"), "the flushed one: " + count.body());
      assertTrue(
          count.body().contains("\"warnings\":[\"the log of the last run is being"), count::body);

      HttpResponse<String> push = push(skald, 30);
      assertEquals(503, push.statusCode());
      assertEquals("1", push.headers().firstValue("Retry-After").orElse(""));
      assertTrue(push.body().contains("is being replayed"), push::body);
      assertTrue(skald.get("/metrics").body().contains("loki_ingester_wal_replay_active 1"));

      gate.countDown();
      while (skald.get("/ready").statusCode() != 200) {
        LockSupport.parkNanos(1_000_000);
      }
      assertEquals(204, push(skald, 30).statusCode());
      String all = skald.get(COUNT).body();
      assertTrue(all.contains(",\"3\"]"), all);
      assertFalse(all.contains("warnings"), all);
      assertTrue(skald.get("/metrics").body().contains("loki_ingester_wal_replay_active 0"));
    }
  }
}
