package dev.skald.objectstore.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.skald.clock.ManualClock;
import dev.skald.storage.object.ObjectName;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MemcachedPartCacheTest {
  private static final ObjectPart PART = new ObjectPart(new ObjectName("segment", "a1"), 3);
  private static final byte[] BYTES = {1, 2, 3, '\r', '\n', 0, -1};
  private static final int FAILURES_MAX = 3;
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final ManualClock clock = new ManualClock(0);
  private FakeMemcached server;
  private MemcachedPartCache cache;

  @BeforeEach
  void start() throws IOException {
    server = new FakeMemcached();
    cache = open("store", 0);
  }

  private MemcachedPartCache open(String store, int itemBytesMax) throws IOException {
    return MemcachedPartCache.open(
        clock,
        new MemcachedSettings(
            List.of(server.address()),
            MemcachedSettings.Placement.CONSISTENT,
            Duration.ofMillis(500),
            Duration.ZERO,
            itemBytesMax,
            FAILURES_MAX,
            PAUSE),
        store);
  }

  @AfterEach
  void stop() throws IOException {
    cache.close();
    server.close();
  }

  /** A put waits for nobody, and on a busy machine it may be lost: so it is repeated. */
  private void putUntilThere(PartCache cache) throws InterruptedException {
    for (int i = 0; i < 500 && cache.get(PART) == null; i++) {
      clock.advanceNanos(PAUSE.toNanos());
      cache.put(PART, BYTES);
      Thread.sleep(20);
    }
    assertArrayEquals(BYTES, await(cache));
  }

  private byte @Nullable [] await(PartCache cache) throws InterruptedException {
    byte[] found = cache.get(PART);
    for (int i = 0; i < 100 && found == null; i++) {
      clock.advanceNanos(PAUSE.toNanos());
      Thread.sleep(20);
      found = cache.get(PART);
    }
    return found;
  }

  @Test
  void whatWasPutComesBackAsItWas() throws Exception {
    assertNull(cache.get(PART));
    putUntilThere(cache);
    try (MemcachedPartCache other = open("another store", 0)) {
      assertNull(other.get(PART));
    }
  }

  @Test
  void aLargePartIsNotSent() throws Exception {
    try (MemcachedPartCache small = open("store", 100)) {
      for (int i = 0; i < 500 && server.values.isEmpty(); i++) {
        small.put(PART, new byte[101]);
        small.put(new ObjectPart(PART.name(), 4), new byte[10]);
        Thread.sleep(20);
      }
      assertEquals(1, server.values.size());
    }
  }

  @Test
  void aChangedValueIsNotTaken() throws Exception {
    putUntilThere(cache);
    server.values.replaceAll(
        (key, value) -> {
          byte[] changed = value.clone();
          changed[changed.length - 1] ^= 1;
          return changed;
        });
    assertNull(cache.get(PART));
  }

  @ParameterizedTest
  @EnumSource(names = "WELL", mode = EnumSource.Mode.EXCLUDE)
  void aBrokenServerIsACacheWithoutThePart(FakeMemcached.Mood mood) throws Exception {
    putUntilThere(cache);
    server.mood = mood;
    for (int i = 0; i < FAILURES_MAX; i++) {
      assertNull(cache.get(PART));
      cache.put(PART, BYTES);
    }
  }

  @Test
  void aSilentServerIsLeftAloneForAWhile() throws Exception {
    putUntilThere(cache);
    server.mood = FakeMemcached.Mood.SILENT;
    int before = server.requests.get();
    for (int i = 0; i < FAILURES_MAX + 5; i++) {
      assertNull(cache.get(PART));
    }
    assertEquals(before + FAILURES_MAX, server.requests.get());
    server.mood = FakeMemcached.Mood.WELL;
    assertArrayEquals(BYTES, await(cache));
  }

  @Test
  void aServerThatIsNotThereIsNoError() throws Exception {
    server.close();
    try (MemcachedPartCache nobody = open("store", 0)) {
      nobody.put(PART, BYTES);
      assertNull(nobody.get(PART));
    }
  }
}
