package dev.skald.storage.head;

import static dev.skald.property.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.EntryBatch;
import dev.skald.model.Labels;
import dev.skald.model.SharedLabels;
import dev.skald.model.TenantId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BatchCodecTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/wal");
  private static final TenantId TENANT = new TenantId("tenant-é");

  private static byte[] joined(ByteBuffer[] parts) {
    ByteBuffer joined =
        ByteBuffer.allocate(Arrays.stream(parts).mapToInt(ByteBuffer::remaining).sum());
    for (ByteBuffer part : parts) {
      joined.put(part);
    }
    return joined.array();
  }

  @Test
  void decodesWhatWasEncoded() {
    forAll(
        300,
        random -> {
          List<Batches.Row> rows = Batches.random(random, 50);
          int from = random.nextInt(rows.size() + 1);
          int to = from + random.nextInt(rows.size() - from + 1);
          byte[] payload = joined(BatchCodec.encode(TENANT, Batches.of(rows), from, to));
          BatchCodec.Decoded decoded =
              BatchCodec.decode(ByteBuffer.wrap(payload), new SharedLabels());
          assertEquals(TENANT, decoded.tenant());
          assertEquals(rows.subList(from, to), Batches.rows(decoded.batch()));
        });
  }

  @Test
  void theLinesAreNotCopied() {
    EntryBatch batch = Batches.of(Batches.row("a", 1, "first"), Batches.row("a", 2, "second"));
    ByteBuffer lines = BatchCodec.encode(TENANT, batch, 1, 2)[1];
    assertEquals(6, lines.remaining());
    batch.lines().bytes()[5] = 'S';
    assertEquals('S', lines.get(lines.position()));
  }

  @Test
  void readsABatchInTheMiddleOfABuffer() {
    List<Batches.Row> rows = List.of(Batches.row("a", 1, "first"));
    byte[] payload = joined(BatchCodec.encode(TENANT, Batches.of(rows), 0, 1));
    byte[] around = new byte[payload.length + 20];
    System.arraycopy(payload, 0, around, 7, payload.length);
    ByteBuffer slice = ByteBuffer.wrap(around).slice(7, payload.length);
    assertEquals(rows, Batches.rows(BatchCodec.decode(slice, new SharedLabels()).batch()));
    assertEquals(payload.length, slice.remaining(), "position stays");
  }

  @Test
  void damageIsAnErrorOrAnotherBatch() {
    forAll(
        2_000,
        random -> {
          List<Batches.Row> rows = Batches.random(random, 10);
          byte[] payload = joined(BatchCodec.encode(TENANT, Batches.of(rows), 0, rows.size()));
          valueOrCorrupt(damaged(payload, random));
          byte[] noise = new byte[random.nextInt(60)];
          random.nextBytes(noise);
          if (noise.length > 0) {
            noise[0] = (byte) (1 + random.nextInt(2));
          }
          valueOrCorrupt(noise);
        });
  }

  private static List<Batches.Row> goldenRows() {
    return List.of(
        new Batches.Row(
            Labels.of("app", "web", "pod", "web-1"),
            1_700_000_000_000_000_000L,
            "first line",
            Labels.EMPTY),
        new Batches.Row(
            Labels.of("app", "web", "pod", "web-2"),
            1_700_000_000_000_000_005L,
            "",
            Labels.of("detected_level", "info")),
        new Batches.Row(
            Labels.of("app", "web", "pod", "web-1"),
            1_699_999_999_999_999_999L,
            "earlier",
            Labels.of("detected_level", "info")),
        new Batches.Row(
            Labels.of("job", "naïve"),
            -1,
            "before 1970",
            Labels.of("detected_level", "warn", "trace", "7")),
        new Batches.Row(Labels.EMPTY, Long.MAX_VALUE, "no label", Labels.EMPTY),
        new Batches.Row(
            Labels.of("app", "web"), Long.MIN_VALUE, "\u0000\u00ff", Labels.of("trace", "8")));
  }

  /** Each was written when its version was the one that is written. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aVersionIsReadForEver(int version) throws IOException {
    byte[] golden = Files.readAllBytes(GOLDEN.resolve("batch-v" + version));
    assertEquals(version, golden[0]);
    BatchCodec.Decoded decoded = BatchCodec.decode(ByteBuffer.wrap(golden), new SharedLabels());
    assertEquals(new TenantId("golden"), decoded.tenant());
    assertEquals(goldenRows(), Batches.rows(decoded.batch()));
  }

  @Test
  void whatIsWrittenIsTheLatestVersion() throws IOException {
    EntryBatch batch = Batches.of(goldenRows());
    byte[] payload = joined(BatchCodec.encode(new TenantId("golden"), batch, 0, batch.rowCount()));
    assertArrayEquals(Files.readAllBytes(GOLDEN.resolve("batch-v2")), payload);
  }

  @Test
  void manyStreamsThatDifferInOneValueTakeFewBytes() {
    List<Batches.Row> rows = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      Labels labels =
          Labels.of("cluster", "eu-central-1", "job", "cards", "namespace", "n", "pod", "pod-" + i);
      rows.add(new Batches.Row(labels, i, "", Labels.EMPTY));
    }
    int bytes = BatchCodec.encode(TENANT, Batches.of(rows), 0, rows.size())[0].remaining();
    assertTrue(bytes < 1000 * 20, "bytes " + bytes);
  }

  private static byte[] damaged(byte[] payload, Random random) {
    byte[] bytes = payload.clone();
    if (random.nextBoolean()) {
      return Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
    }
    for (int i = random.nextInt(3); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private static void valueOrCorrupt(byte[] bytes) {
    try {
      assertNotNull(
          Batches.rows(BatchCodec.decode(ByteBuffer.wrap(bytes), new SharedLabels()).batch()));
    } catch (SkaldException e) {
      assertEquals(ErrorKind.CORRUPT, e.kind(), e.getMessage());
    }
  }
}
