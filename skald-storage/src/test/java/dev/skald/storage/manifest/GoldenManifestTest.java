package dev.skald.storage.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skald.storage.object.MemoryObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Manifests of each version, written when the version was defined, must be readable for ever: the
 * first adds two segments, the second merges one of them into another, the third (since version 2)
 * raises the boundary.
 */
final class GoldenManifestTest {
  private static MemoryObjectStore golden(int version) throws IOException {
    MemoryObjectStore store = new MemoryObjectStore();
    for (long number = 1; number <= newestNumber(version); number++) {
      String name = ManifestCodec.name(number).name();
      Path file = Path.of("src/test/resources/golden/manifest/v" + version, name);
      store.put(ManifestCodec.name(number), Files.readAllBytes(file));
    }
    return store;
  }

  private static long newestNumber(int version) {
    return version == 1 ? 2 : 3;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void everyVersionIsReadForEver(int version) throws IOException {
    MemoryObjectStore store = golden(version);
    Manifest newest = ManifestStore.load(store, () -> 0).current();
    assertEquals(newestNumber(version), newest.number());
    assertEquals(newestNumber(version) - 1, newest.previousNumber());
    assertEquals(0x1110 + newestNumber(version), newest.nonce());
    assertEquals(5, newest.walFileFirst());
    assertEquals(version == 1 ? 0 : 0xabcdef, newest.writer());
    assertEquals(version == 1 ? 0 : 0x6553f0ff, newest.boundaryEpochSeconds());
    assertEquals(
        List.of("6553f10100000003 acme 2 1 0", "6553f10000000002 globex 4 0 1048576"),
        newest.segments().stream().map(GoldenManifestTest::asText).toList());
    List<String> problems = new ArrayList<>();
    ManifestCheck.run(store, problems::add);
    assertEquals(List.of(), problems);
  }

  private static String asText(LiveSegment segment) {
    return "%s %s %d %d %d"
        .formatted(
            segment.summary().id(),
            segment.summary().tenant().value(),
            segment.summary().rowCount(),
            segment.level(),
            segment.order());
  }

  @Test
  void theChainGoesOnAcrossVersions() throws IOException {
    MemoryObjectStore store = golden(1);
    ManifestStore manifests = ManifestStore.load(store, () -> 7);
    manifests.commit(
        new ManifestChange(
            List.of(ManifestRaceTest.segment(9, manifests.current().nextOrder())),
            List.of(),
            6,
            1,
            0));
    assertEquals(3, ManifestStore.load(store, () -> 0).current().segments().size());
    List<String> problems = new ArrayList<>();
    ManifestCheck.run(store, problems::add);
    assertEquals(List.of(), problems);
  }
}
