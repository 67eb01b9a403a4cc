package dev.skald.storage;

import static dev.skald.storage.head.Batches.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.disk.MemoryDisk;
import dev.skald.model.Lines;
import dev.skald.model.Selection;
import dev.skald.model.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveFeedTest {
  private final List<String> seen = new ArrayList<>();
  private final List<Long> sequences = new ArrayList<>();

  private void take(LiveRows rows) {
    assertTrue(rows.batch().isKept(), "listeners may look at it later");
    Lines lines = rows.batch().lines();
    Selection stored = rows.stored();
    for (int i = 0; i < stored.count(); i++) {
      int start = lines.start(stored.row(i));
      seen.add(
          new String(
              lines.bytes(), start, lines.end(stored.row(i)) - start, StandardCharsets.UTF_8));
    }
    sequences.add(rows.sequence());
  }

  /** In order, each once, from the subscription to its end; other tenants' are not told. */
  @Test
  void tellsWhatWasStored() throws Exception {
    try (StoreHarness harness = StoreHarness.open(new MemoryDisk())) {
      LiveFeed live = harness.store().live();
      harness.append(row("a", 1, "before"));
      LiveFeed.Subscription subscription = live.subscribe(StoreHarness.TENANT, this::take);
      LiveFeed.Subscription other = live.subscribe(new TenantId("other"), _ -> seen.add("other's"));
      harness.append(row("a", 2, "one"), row("b", 1, "two"));
      harness.append(row("a", 2, "one"), row("a", 2, "three"));
      assertTrue(live.seenMax() > sequences.getLast());
      subscription.close();
      subscription.close();
      harness.append(row("a", 3, "behind"));
      other.close();
      assertEquals(List.of("one", "two", "three"), seen, "an entry stored before is not told");
      assertTrue(sequences.get(0) < sequences.get(1));
    }
  }
}
