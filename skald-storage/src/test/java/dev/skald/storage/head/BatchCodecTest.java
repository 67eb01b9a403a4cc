package dev.skald.storage.head;

import static dev.skald.property.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.EntryBatch;
import dev.skald.model.TenantId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BatchCodecTest {
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
          BatchCodec.Decoded decoded = BatchCodec.decode(ByteBuffer.wrap(payload));
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
    assertEquals(rows, Batches.rows(BatchCodec.decode(slice).batch()));
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
            noise[0] = 1;
          }
          valueOrCorrupt(noise);
        });
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
      assertNotNull(Batches.rows(BatchCodec.decode(ByteBuffer.wrap(bytes)).batch()));
    } catch (SkaldException e) {
      assertEquals(ErrorKind.CORRUPT, e.kind(), e.getMessage());
    }
  }
}
