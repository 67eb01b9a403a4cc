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
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckCommandTest {
  @TempDir private Path folder = Path.of("");
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  private DiskLogStore open() throws IOException {
    SystemClock clock = new SystemClock();
    return DiskLogStore.open(
        FileDisk.at(folder), clock, clock, Threads.jvm(), Randomness.secure(), StoreConfig.DEFAULT);
  }

  private void writeAStore() throws IOException {
    try (DiskLogStore store = open()) {
      EntryBatch batch = new EntryBatch();
      byte[] line = "hello".getBytes(StandardCharsets.UTF_8);
      batch.add(batch.stream(Labels.of("app", "web")), 1, line, 0, line.length, 0);
      store.append(new TenantId("acme"), batch);
      store.flush();
    }
  }

  @Test
  void aSoundStoreIsStatusZero() throws IOException {
    writeAStore();
    assertEquals(Main.EXIT_SOUND, run("check", folder.toString()), err::toString);
    assertTrue(out.toString().endsWith("sound\n"), out::toString);
    assertTrue(out.toString().contains("1 segments, 1 rows"), out::toString);
  }

  @Test
  void aDamagedOneIsStatusOneAndSaysWhere() throws IOException {
    writeAStore();
    Path segment;
    try (Stream<Path> segments = Files.list(folder.resolve("objects/segment"))) {
      segment = segments.findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(segment);
    bytes[40] ^= 1;
    Files.write(segment, bytes);
    assertEquals(Main.EXIT_DAMAGED, run("check", folder.toString()));
    assertTrue(
        out.toString()
            .startsWith("DAMAGED objects/segment/" + segment.getFileName() + ": corrupt at byte"),
        out::toString);
  }

  @Test
  void aRunningServersStoreIsStatusTwo() throws IOException {
    try (DiskLogStore store = open()) {
      assertEquals(Main.EXIT_FAILED, run("check", folder.toString()));
      assertTrue(err.toString().contains("is the server running?"), err::toString);
      assertEquals(0, store.stats().segments());
    }
  }

  @Test
  void whatCannotBeCheckedIsStatusTwo() {
    for (List<String> args :
        List.of(
            List.of("check", folder.resolve("absent").toString()),
            List.of("check"),
            List.of("chekc", "x"),
            List.<String>of())) {
      assertEquals(Main.EXIT_FAILED, run(args.toArray(new String[0])), args::toString);
    }
  }

  @Test
  void helpNamesTheCommandsAndTheStatuses() {
    assertEquals(0, run("--help"));
    assertTrue(out.toString().contains("check"), out::toString);
    assertEquals(0, run("check", "--help"));
    assertTrue(out.toString().contains("DIR"), out::toString);
    assertTrue(out.toString().contains("each damage is a line with file and byte"), out::toString);
  }
}
