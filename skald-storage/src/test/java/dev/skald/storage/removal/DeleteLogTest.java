package dev.skald.storage.removal;

import static dev.skald.property.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.TenantId;
import dev.skald.storage.object.MemoryObjectStore;
import dev.skald.storage.object.ObjectName;
import dev.skald.storage.retention.DeleteRequest;
import dev.skald.storage.retention.DeleteRequest.Force;
import dev.skald.storage.retention.DeleteRequest.Status;
import dev.skald.storage.segment.FormatPage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The list of delete requests comes back as it was written, or is refused. */
final class DeleteLogTest {
  private static final DeleteRequest EXAMPLE =
      new DeleteRequest(
          "5bd94a40",
          new TenantId("acme"),
          "{app=\"a\"} |= \"eve\"",
          1_700_000_000_000_000_000L,
          1_700_000_001_000_000_000L,
          1_700_000_100_000_000_000L,
          Force.LIMITED,
          Status.RECEIVED,
          0);

  private static DeleteRequest random(Random random) {
    long start = random.nextLong() >> 2;
    return new DeleteRequest(
        "%08x".formatted(random.nextInt()),
        new TenantId("t" + random.nextInt(3)),
        "{a=\"é" + random.nextInt() + "\"}",
        start,
        start + random.nextLong(1L << 60),
        random.nextLong() >> 2,
        random.nextBoolean() ? Force.FORCED : Force.LIMITED,
        random.nextBoolean() ? Status.PROCESSED : Status.RECEIVED,
        random.nextInt(1 << 30));
  }

  @Test
  void theExampleOfThePageIsWhatIsWrittenAndCanBeRead() throws IOException {
    byte[] example = FormatPage.example("deletes.md");
    assertEquals(
        FormatPage.hex(example),
        FormatPage.hex(DeleteLogCodec.encode(1, 0x1122334455667788L, List.of(EXAMPLE))));
    assertEquals(List.of(EXAMPLE), DeleteLogCodec.decode(DeleteLogCodec.name(1), example));
  }

  @Test
  void aListComesBack() {
    forAll(
        100,
        random -> {
          MemoryObjectStore store = new MemoryObjectStore();
          DeleteLog log = DeleteLog.load(store, random::nextLong);
          List<DeleteRequest> requests = new ArrayList<>();
          for (int i = 0; i < 6; i++) {
            requests.add(random(random));
            log.replace(requests);
            assertEquals(requests, DeleteLog.load(store, random::nextLong).requests());
          }
          assertEquals(3, store.list(DeleteLogCodec.FOLDER).size(), "old lists are deleted");
        });
  }

  @Test
  void aFlippedBitIsRefused() {
    forAll(
        200,
        random -> {
          byte[] bytes = DeleteLogCodec.encode(7, random.nextLong(), List.of(random(random)));
          int bit = random.nextInt(bytes.length * 8);
          bytes[bit / 8] ^= (byte) (1 << bit % 8);
          ObjectName name = DeleteLogCodec.name(7);
          SkaldException e =
              assertThrows(SkaldException.class, () -> DeleteLogCodec.decode(name, bytes));
          assertEquals(ErrorKind.CORRUPT, e.kind());
        });
  }

  @Test
  void ofTwoWritersOneIsTold() throws IOException {
    MemoryObjectStore store = new MemoryObjectStore();
    Random random = new Random(3);
    DeleteLog one = DeleteLog.load(store, random::nextLong);
    DeleteLog other = DeleteLog.load(store, random::nextLong);
    one.replace(List.of(EXAMPLE));
    SkaldException e = assertThrows(SkaldException.class, () -> other.replace(List.of()));
    assertEquals(ErrorKind.UNAVAILABLE, e.kind());
  }
}
