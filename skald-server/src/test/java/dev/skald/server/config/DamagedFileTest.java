package dev.skald.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged file is a configuration or an error with its file's name, never anything else. */
class DamagedFileTest {
  private static final int RUNS = 150;
  private static final String INSERTED = ":-{}[]&*<'\"#\n\t ~|>%@!,0ay\u0000é";

  @Test
  void givesAConfigurationOrAnErrorThatNamesTheFile(@TempDir Path folder) {
    List<String> files =
        List.of("every-key.yaml", "seeds/000_helm-values-loki.yaml", "seeds/003_loki-config.yaml");
    long seed = Long.getLong("skald.seed", 20_260_101L);
    int refused = 0;
    for (int run = 0; run < RUNS; run++) {
      String text = ConfigFiles.text(files.get(run % files.size()));
      String damaged = damage(text, new Random(seed + run));
      try {
        ConfigFiles.load(folder, damaged);
      } catch (SkaldException e) {
        refused++;
        String where = "run " + run + ", rerun with -Dskald.seed=" + seed + ": " + e.getMessage();
        assertEquals(ErrorKind.BAD_REQUEST, e.kind(), where);
        assertEquals("loki.yaml", e.getMessage().split(":", -1)[0], where);
      } catch (RuntimeException | StackOverflowError e) {
        fail("run " + run + ", rerun with -Dskald.seed=" + seed + ": " + damaged, e);
      }
    }
    // Else the damage would be too small to find anything.
    assertTrue(refused > RUNS / 4, "refused: " + refused);
  }

  private static String damage(String text, Random random) {
    StringBuilder damaged = new StringBuilder(text);
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      int at = random.nextInt(damaged.length());
      int end = Math.min(damaged.length(), at + random.nextInt(8));
      char inserted = INSERTED.charAt(random.nextInt(INSERTED.length()));
      switch (random.nextInt(3)) {
        case 0 -> damaged.insert(at, inserted);
        case 1 -> damaged.delete(at, end);
        default -> damaged.insert(at, damaged.substring(at, end));
      }
    }
    return damaged.toString();
  }
}
