package dev.skald.storage.wal;

import dev.skald.clock.SystemClock;
import dev.skald.disk.Disk;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.threads.Threads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A log of texts in the folder {@code wal} of a disk. */
final class WalHarness implements AutoCloseable {
  static final String FOLDER = "wal";

  private final WalWriter writer;
  private final WalReplay.Result replayed;
  private final List<String> replayedTexts;
  private final List<String> durable = Collections.synchronizedList(new ArrayList<>());

  private WalHarness(WalWriter writer, WalReplay.Result replayed, List<String> texts) {
    this.writer = writer;
    this.replayed = replayed;
    this.replayedTexts = texts;
  }

  static WalHarness open(Disk disk) throws IOException {
    return open(disk, WalConfig.DEFAULT);
  }

  static WalHarness open(Disk disk, WalConfig config) throws IOException {
    List<String> texts = new ArrayList<>();
    WalReplay.Result replayed = replay(disk, 1, texts);
    SystemClock clock = new SystemClock();
    WalWriter writer =
        WalWriter.start(disk, FOLDER, clock, Threads.jvm(), () -> 42, config, replayed);
    return new WalHarness(writer, replayed, texts);
  }

  /** Adds the texts that a replay serves to {@code into}. */
  static WalReplay.Result replay(Disk disk, long firstFile, List<String> into) throws IOException {
    return WalReplay.run(
        disk,
        FOLDER,
        firstFile,
        WalConfig.DEFAULT,
        (file, payload) -> into.add(StandardCharsets.UTF_8.decode(payload).toString()));
  }

  static List<String> replay(Disk disk) throws IOException {
    List<String> texts = new ArrayList<>();
    replay(disk, 1, texts);
    return texts;
  }

  /** In two parts, to see that parts are joined. */
  void append(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int half = bytes.length / 2;
    ByteBuffer[] parts = {
      ByteBuffer.wrap(bytes, 0, half), ByteBuffer.wrap(bytes, half, bytes.length - half)
    };
    writer.append(parts, () -> durable.add(text));
  }

  /** Whether the log took it; false if it said that it is unavailable. */
  boolean offer(String text) {
    try {
      append(text);
      return true;
    } catch (SkaldException e) {
      if (e.kind() != ErrorKind.UNAVAILABLE) {
        throw e;
      }
      return false;
    }
  }

  WalWriter writer() {
    return writer;
  }

  WalReplay.Result replayed() {
    return replayed;
  }

  List<String> replayedTexts() {
    return replayedTexts;
  }

  /** In the order in which they became durable. */
  List<String> durable() {
    return List.copyOf(durable);
  }

  @Override
  public void close() {
    writer.close();
  }
}
