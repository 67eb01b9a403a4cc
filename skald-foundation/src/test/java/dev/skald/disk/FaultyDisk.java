package dev.skald.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A {@link MemoryDisk} on which things go wrong when a test says so: the machine stops at the n-th
 * step, a sync fails, the disk is full, a bit flips. A step is any call that changes the disk.
 * After the machine has stopped every call fails; {@link #restart} gives what is left.
 *
 * <p>It also checks the one rule that callers break easily: a file whose write or sync failed must
 * not be written or synced again.
 */
public final class FaultyDisk implements Disk {
  private final MemoryDisk memory;
  private final Random random;
  private final List<String> operations = new ArrayList<>();
  private final Set<String> spoiled = new HashSet<>();
  private final List<String> violations = new ArrayList<>();
  private long crashStep = Long.MAX_VALUE;
  private int failingDirectorySyncs;
  private int failingSyncs;
  private String failingSyncPrefix = "";
  private long steps;
  private boolean crashed;

  private FaultyDisk(MemoryDisk memory, Random random) {
    this.memory = memory;
    this.random = random;
  }

  /** Faults upon {@code memory}; {@code random} decides what a crash leaves. */
  public static FaultyDisk over(MemoryDisk memory, Random random) {
    return new FaultyDisk(memory, random);
  }

  /**
   * The machine stops in the middle of the {@code step}-th step from the beginning; 1 is the first.
   */
  public synchronized FaultyDisk crashAt(long step) {
    crashStep = step;
    return this;
  }

  /**
   * The next {@code count} syncs of files whose path begins so fail, and what they should have
   * saved is lost.
   */
  public synchronized FaultyDisk failSyncs(int count, String pathPrefix) {
    failingSyncs = count;
    failingSyncPrefix = pathPrefix;
    return this;
  }

  /** The next {@code count} syncs of directories fail. */
  public synchronized FaultyDisk failDirectorySyncs(int count) {
    failingDirectorySyncs = count;
    return this;
  }

  public synchronized boolean hasCrashed() {
    return crashed;
  }

  /** Steps so far. */
  public synchronized long steps() {
    return steps;
  }

  /** Every step so far, as {@code name path}. */
  public synchronized List<String> operations() {
    return List.copyOf(operations);
  }

  /** Files that were written or synced again after a failure: callers may have swallowed the error that said so. */
  public synchronized List<String> violations() {
    return List.copyOf(violations);
  }

  /** The disk below, for its capacity and its bits. */
  public MemoryDisk memory() {
    return memory;
  }

  /** What the machine may find when it wakes up. */
  public synchronized MemoryDisk restart() {
    return memory.afterCrash(random);
  }

  /** A change of the disk. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  private synchronized void step(String operation, Step step, Step halfway) throws IOException {
    checkRunning(operation);
    steps++;
    operations.add(operation);
    if (steps == crashStep) {
      crashed = true;
      halfway.run();
      throw new IOException("machine stopped at step " + steps + ": " + operation);
    }
    step.run();
  }

  /** A step that a crash leaves either done or not. */
  private void step(String operation, Step step) throws IOException {
    step(
        operation,
        step,
        () -> {
          if (random.nextBoolean()) {
            step.run();
          }
        });
  }

  private synchronized void checkRunning(String operation) throws IOException {
    if (crashed) {
      throw new IOException("machine is stopped: " + operation);
    }
  }

  @Override
  public WritableFile create(String path) throws IOException {
    WritableFile[] made = new WritableFile[1];
    step("create " + path, () -> made[0] = memory.create(path));
    return new Writer(path, made[0]);
  }

  @Override
  public ReadableFile open(String path) throws IOException {
    checkRunning("open " + path);
    return memory.open(path);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    step("rename " + from + " " + to, () -> memory.rename(from, to));
  }

  @Override
  public void link(String from, String to) throws IOException {
    step("link " + from + " " + to, () -> memory.link(from, to));
  }

  @Override
  public void syncDirectory(String path) throws IOException {
    synchronized (this) {
      if (failingDirectorySyncs > 0) {
        failingDirectorySyncs--;
        throw new IOException("injected: sync of directory " + path + " failed");
      }
    }
    step("syncDirectory " + path, () -> memory.syncDirectory(path));
  }

  @Override
  public void delete(String path) throws IOException {
    step("delete " + path, () -> memory.delete(path));
  }

  @Override
  public void truncate(String path, long lengthBytes) throws IOException {
    step("truncate " + path, () -> memory.truncate(path, lengthBytes));
  }

  @Override
  public List<String> list(String path) throws IOException {
    checkRunning("list " + path);
    return memory.list(path);
  }

  @Override
  public boolean exists(String path) throws IOException {
    checkRunning("exists " + path);
    return memory.exists(path);
  }

  @Override
  public long sizeBytes(String path) throws IOException {
    checkRunning("sizeBytes " + path);
    return memory.sizeBytes(path);
  }

  @Override
  public void createDirectories(String path) throws IOException {
    step("createDirectories " + path, () -> memory.createDirectories(path));
  }

  @Override
  public long freeBytes() throws IOException {
    checkRunning("freeBytes");
    return memory.freeBytes();
  }

  @Override
  public AutoCloseable lock(String path) throws IOException {
    checkRunning("lock " + path);
    return memory.lock(path);
  }

  /** Writes that may be torn and syncs that may fail. */
  private final class Writer implements WritableFile {
    private final String path;
    private final WritableFile file;

    Writer(String path, WritableFile file) {
      this.path = path;
      this.file = file;
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
      checkNotSpoiled("written");
      try {
        step("write " + path, () -> file.write(source), () -> writePart(source));
      } catch (IOException e) {
        spoil();
        throw e;
      }
    }

    private void writePart(ByteBuffer source) throws IOException {
      source.limit(source.position() + random.nextInt(source.remaining() + 1));
      file.write(source);
    }

    @Override
    public long positionBytes() {
      return file.positionBytes();
    }

    @Override
    public void sync() throws IOException {
      checkNotSpoiled("synced");
      try {
        step("sync " + path, this::syncOrFail);
      } catch (IOException e) {
        spoil();
        throw e;
      }
    }

    private void syncOrFail() throws IOException {
      if (failingSyncs > 0 && path.startsWith(failingSyncPrefix)) {
        failingSyncs--;
        MemoryDisk.loseUnsynced(memory, path);
        throw new IOException(path + ": sync failed");
      }
      file.sync();
    }

    private void spoil() {
      synchronized (FaultyDisk.this) {
        spoiled.add(path);
      }
    }

    private void checkNotSpoiled(String verb) {
      synchronized (FaultyDisk.this) {
        if (spoiled.contains(path) && !crashed) {
          String violation = path + ": " + verb + " again after a failure";
          violations.add(violation);
          throw new AssertionError(violation);
        }
      }
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
