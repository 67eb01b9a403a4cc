package dev.skald.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.conformance.KillRun.Outcome;
import dev.skald.server.HastyServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at random moments, under load and while a server starts: every entry that was acknowledged is there
 * exactly once afterwards, and none that was never sent. {@code -Dskald.kills=1000} for more; the seed is printed.
 */
final class KillTest {
  /** A directory's server is killed so often; then the next directory. */
  private static final int KILLS_PER_DIRECTORY = 20;

  private final int kills = Integer.getInteger("skald.kills", 6);
  private final long seed = Long.getLong("skald.seed", System.nanoTime());

  @Test
  void everyAcknowledgedEntryIsThereExactlyOnce(@TempDir Path directory) throws Exception {
    System.out.println("rerun with -Dskald.seed=" + seed + " -Dskald.kills=" + kills);
    Random random = new Random(seed);
    int killed = 0;
    for (int run = 0; killed < kills; run++) {
      int rounds = Math.min(KILLS_PER_DIRECTORY, kills - killed);
      Path folder = directory.resolve("run-" + run);
      folder.toFile().mkdirs();
      String flushBytes = run % 2 == 0 ? "64KB" : "1MB";
      Outcome outcome = new KillRun(folder, SkaldProcess.SERVER, flushBytes, random).run(rounds);
      System.out.println("run " + run + ": " + outcome);
      assertTrue(outcome.acknowledged() > rounds, "too little was written to prove anything");
      assertEquals(Set.of(), outcome.lost(), "acknowledged and lost");
      assertEquals(Set.of(), outcome.invented(), "never sent");
      assertEquals(List.of(), outcome.doubled(), "there more than once");
      assertEquals(List.of(), outcome.damages());
      killed += rounds;
    }
  }

  /** The same run finds a server out that answers before its log is written. */
  @Test
  void aServerThatAnswersTooEarlyIsFoundOut(@TempDir Path directory) throws Exception {
    Random random = new Random(seed);
    Outcome outcome = new KillRun(directory, HastyServer.class.getName(), "64KB", random).run(4);
    assertFalse(outcome.lost().isEmpty(), outcome::toString);
  }
}
