package dev.skald.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.clock.SystemClock;
import dev.skald.disk.FileDisk;
import dev.skald.model.EntryBatch;
import dev.skald.model.Labels;
import dev.skald.model.TenantId;
import dev.skald.random.Randomness;
import dev.skald.storage.DiskLogStore;
import dev.skald.storage.StoreConfig;
import dev.skald.threads.Threads;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of golden segments; {@code -Dskald.inspect=write} writes the expected texts anew, to be read. */
final class InspectCommandTest {
  private static final Path SEGMENTS =
      Path.of("../skald-storage/src/test/resources/golden/segment");
  private static final Path TEXTS = Path.of("src/test/resources/inspect");
  private static final String NAME = "0000000000000001";

  @TempDir private Path folder = Path.of("");
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    out.getBuffer().setLength(0);
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2"})
  void aSegmentIsShownAsExpected(String version) throws IOException {
    String segment = SEGMENTS.resolve(version).resolve(NAME).toString();
    assertEquals(Main.EXIT_SOUND, run("inspect", segment, "--columns", "12"), err::toString);
    Path expected = TEXTS.resolve(version + ".txt");
    if ("write".equals(System.getProperty("skald.inspect"))) {
      Files.createDirectories(TEXTS);
      Files.writeString(expected, out.toString());
    }
    assertEquals(Files.readString(expected), out.toString());
  }

  @Test
  void shapesAreLimited() {
    String segment = SEGMENTS.resolve("v2").resolve(NAME).toString();
    assertEquals(Main.EXIT_SOUND, run("inspect", segment, "--shapes=1"));
    assertTrue(out.toString().contains("11 shapes, the first 1\n"), out::toString);
  }

  private String damaged(int at) throws IOException {
    byte[] bytes = Files.readAllBytes(SEGMENTS.resolve("v2").resolve(NAME));
    bytes[at < 0 ? bytes.length + at : at] ^= 0x40;
    return Files.write(folder.resolve(NAME), bytes).toString();
  }

  /** The other pages are shown, and of the bad one what can be read. */
  @Test
  void ofADamagedPageTheRestIsShown() throws IOException {
    assertEquals(Main.EXIT_DAMAGED, run("inspect", damaged(5_000)));
    String text = out.toString();
    assertTrue(text.startsWith("DAMAGED " + NAME + ": corrupt at byte "), text);
    assertTrue(text.contains("bytes  DAMAGED\n"), text);
    assertTrue(text.contains("level=▢ caller=▢"), text);
    assertTrue(text.contains("▢ ▢ ▢ ▢ ▢\n"), text);
  }

  @Test
  void withoutADirectoryBlocksAreFoundFromTheStart() throws IOException {
    for (int at : new int[] {-20, -100}) { // in the footer, in the directory
      assertEquals(Main.EXIT_DAMAGED, run("inspect", damaged(at)));
      String text = out.toString();
      assertTrue(text.contains("pages are not known"), text);
      assertTrue(text.contains("\nblocks found from the start\n  time "), text);
      assertTrue(text.contains("\n  stream table "), text);
    }
  }

  @Test
  void whateverByteIsDamagedIsSaid() throws IOException {
    int size = (int) Files.size(SEGMENTS.resolve("v2").resolve(NAME));
    for (int at = 0; at < size; at += 997) {
      assertEquals(Main.EXIT_DAMAGED, run("inspect", damaged(at)), "byte " + at);
      assertTrue(
          out.toString().startsWith("DAMAGED " + NAME + ": corrupt at byte "), out::toString);
    }
  }

  @Test
  void aFileCutShortIsSaid() throws IOException {
    byte[] bytes = Files.readAllBytes(SEGMENTS.resolve("v2").resolve(NAME));
    for (int length : new int[] {0, 10, 60, 1_000, bytes.length - 1}) {
      Path cut = Files.write(folder.resolve(NAME), Arrays.copyOf(bytes, length));
      assertEquals(Main.EXIT_DAMAGED, run("inspect", cut.toString()), "length " + length);
    }
  }

  @Test
  void aDataDirectoryIsListed() throws IOException {
    SystemClock clock = new SystemClock();
    try (DiskLogStore store =
        DiskLogStore.open(
            FileDisk.at(folder),
            clock,
            clock,
            Threads.jvm(),
            Randomness.secure(),
            StoreConfig.DEFAULT)) {
      EntryBatch batch = new EntryBatch();
      byte[] line = "hello".getBytes(StandardCharsets.UTF_8);
      batch.add(batch.stream(Labels.of("app", "web")), 1, line, 0, line.length, 0);
      store.append(new TenantId("acme"), batch);
      store.flush();
      assertEquals(Main.EXIT_SOUND, run("inspect", folder.toString()), "while the server runs");
    }
    String text = out.toString();
    assertTrue(text.startsWith("manifest 1: 1 segments, 1 rows, "), text);
    assertTrue(text.contains("  1970-01-01  "), text);
    assertTrue(text.contains("  acme\n"), text);
  }

  @Test
  void whatIsNotThereIsStatusTwo() {
    assertEquals(Main.EXIT_FAILED, run("inspect", folder.resolve("absent").toString()));
    assertTrue(err.toString().startsWith("inspect: no such file: "), err::toString);
  }
}
