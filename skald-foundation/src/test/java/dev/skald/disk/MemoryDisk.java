package dev.skald.disk;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that knows what a crash may take: per file the bytes after its last sync, and
 * the changes of names since their folder was last synced. {@link #afterCrash} gives one of the
 * disks that a machine may wake up with.
 */
public final class MemoryDisk implements Disk {
  private static final int SECTOR_BYTES = 512;

  /** A file's bytes, whatever its names are. */
  static final class Content {
    byte[] bytes = new byte[64];
    int length;
    int synced;

    /** Bytes from here on were in a failed sync: a crash loses them, whatever a later sync says. */
    int lostFrom = Integer.MAX_VALUE;

    void append(ByteBuffer source, int count) {
      if (bytes.length - length < count) {
        bytes = java.util.Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
      }
      source.get(bytes, length, count);
      length += count;
    }
  }

  /**
   * A change of names that a crash may undo: first {@code removed} goes, then {@code added} comes.
   */
  private record NameChange(
      @Nullable String removed, @Nullable String added, @Nullable Content content) {
    void applyTo(Map<String, Content> names) {
      if (removed != null) {
        names.remove(removed);
      }
      if (added != null && content != null) {
        names.put(added, content);
      }
    }

    Set<String> folders() {
      Set<String> folders = new HashSet<>();
      if (removed != null) {
        folders.add(DiskPaths.folder(removed));
      }
      if (added != null) {
        folders.add(DiskPaths.folder(added));
      }
      return folders;
    }
  }

  private final TreeMap<String, Content> names = new TreeMap<>();
  private final TreeMap<String, Content> durableNames = new TreeMap<>();
  private final List<NameChange> pending = new ArrayList<>();
  private final TreeSet<String> folders = new TreeSet<>(Set.of(""));
  private final Set<String> locks = new HashSet<>();
  private long capacityBytes = Long.MAX_VALUE;

  /** From now on the files may hold this much together; more is a {@link DiskFullException}. */
  public synchronized void capacityBytes(long bytes) {
    capacityBytes = bytes;
  }

  /** Bytes of all files. */
  public synchronized long usedBytes() {
    Set<Content> contents = Collections.newSetFromMap(new IdentityHashMap<>());
    contents.addAll(names.values());
    return contents.stream().mapToLong(c -> c.length).sum();
  }

  /** Turns one bit of a file around, on disk: as a bad medium would. */
  public synchronized void flipBit(String path, long bitOffset) throws IOException {
    Content content = content(path);
    content.bytes[Math.toIntExact(bitOffset / 8)] ^= (byte) (1 << (bitOffset % 8));
  }

  /** A copy of a file's bytes. */
  public synchronized byte[] bytes(String path) throws IOException {
    Content content = content(path);
    return java.util.Arrays.copyOf(content.bytes, content.length);
  }

  /** Puts a file there with these bytes, durably, in place of what had the name. */
  public synchronized void put(String path, byte[] bytes) {
    Content content = new Content();
    content.append(ByteBuffer.wrap(bytes), bytes.length);
    content.synced = content.length;
    addFolders(DiskPaths.folder(path));
    names.put(path, content);
    durableNames.put(path, content);
  }

  /**
   * A disk as the machine may find it after losing power now; this one stays as it is. Of the
   * changes to names since their last sync a random prefix survives; of each file's bytes since its
   * last sync none, all, some, or some with holes.
   */
  public synchronized MemoryDisk afterCrash(Random random) {
    TreeMap<String, Content> survivors = new TreeMap<>(durableNames);
    int kept = random.nextInt(pending.size() + 1);
    pending.subList(0, kept).forEach(change -> change.applyTo(survivors));
    MemoryDisk after = new MemoryDisk();
    after.folders.addAll(folders);
    IdentityHashMap<Content, Content> copies = new IdentityHashMap<>();
    survivors.forEach(
        (path, content) -> {
          Content copy = copies.computeIfAbsent(content, c -> torn(c, random));
          after.names.put(path, copy);
          after.durableNames.put(path, copy);
        });
    return after;
  }

  private static Content torn(Content content, Random random) {
    int end = Math.min(content.length, content.lostFrom);
    int safe = Math.min(content.synced, end);
    int unsynced = end - safe;
    int length =
        switch (random.nextInt(4)) {
          case 0 -> safe;
          case 1 -> end;
          default -> safe + random.nextInt(unsynced + 1);
        };
    Content copy = new Content();
    copy.append(ByteBuffer.wrap(content.bytes, 0, length), length);
    if (length > safe && random.nextInt(3) == 0) {
      int hole = safe + random.nextInt(length - safe);
      java.util.Arrays.fill(copy.bytes, hole, Math.min(length, hole + SECTOR_BYTES), (byte) 0);
    }
    copy.synced = length;
    return copy;
  }

  private Content content(String path) throws IOException {
    DiskPaths.check(path);
    Content content = names.get(path);
    if (content == null) {
      throw new NoSuchFileException(path);
    }
    return content;
  }

  private void change(NameChange change) {
    change.applyTo(names);
    pending.add(change);
  }

  private void checkNew(String path) throws IOException {
    DiskPaths.check(path);
    if (names.containsKey(path) || folders.contains(path)) {
      throw new FileAlreadyExistsException(path);
    }
    if (!folders.contains(DiskPaths.folder(path))) {
      throw new NoSuchFileException(path);
    }
  }

  @Override
  public synchronized WritableFile create(String path) throws IOException {
    checkNew(path);
    if (capacityBytes <= usedBytes()) {
      throw new DiskFullException(
          path + ": no space left", new IOException("capacity=" + capacityBytes));
    }
    Content content = new Content();
    change(new NameChange(null, path, content));
    return new Writer(path, content);
  }

  @Override
  public synchronized ReadableFile open(String path) throws IOException {
    return new Reader(path, content(path));
  }

  @Override
  public synchronized void rename(String from, String to) throws IOException {
    Content content = content(from);
    DiskPaths.check(to);
    if (!folders.contains(DiskPaths.folder(to))) {
      throw new NoSuchFileException(to);
    }
    change(new NameChange(from, to, content));
  }

  @Override
  public synchronized void link(String from, String to) throws IOException {
    Content content = content(from);
    checkNew(to);
    change(new NameChange(null, to, content));
  }

  /**
   * Also makes durable what earlier changes of other folders this folder's changes build on, as a
   * journal does.
   */
  @Override
  public synchronized void syncDirectory(String path) throws IOException {
    DiskPaths.check(path);
    if (!folders.contains(path)) {
      throw new NoSuchFileException(path);
    }
    Set<String> synced = new HashSet<>(Set.of(path));
    Set<NameChange> durable = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = pending.size() - 1; i >= 0; i--) {
      Set<String> touched = pending.get(i).folders();
      if (!Collections.disjoint(touched, synced)) {
        durable.add(pending.get(i));
        synced.addAll(touched);
      }
    }
    for (Iterator<NameChange> each = pending.iterator(); each.hasNext(); ) {
      NameChange change = each.next();
      if (durable.contains(change)) {
        change.applyTo(durableNames);
        each.remove();
      }
    }
  }

  @Override
  public synchronized void delete(String path) throws IOException {
    DiskPaths.check(path);
    if (folders.contains(path)) {
      if (!list(path).isEmpty()) {
        throw new java.nio.file.DirectoryNotEmptyException(path);
      }
      folders.remove(path);
    } else if (names.containsKey(path)) {
      change(new NameChange(path, null, null));
    }
  }

  @Override
  public synchronized void truncate(String path, long lengthBytes) throws IOException {
    Content content = content(path);
    content.length = (int) Math.min(content.length, lengthBytes);
    content.synced = content.length;
  }

  @Override
  public synchronized List<String> list(String path) throws IOException {
    DiskPaths.check(path);
    Set<String> found = new TreeSet<>();
    for (String each : names.keySet()) {
      if (DiskPaths.folder(each).equals(path)) {
        found.add(DiskPaths.name(each));
      }
    }
    for (String each : folders) {
      if (!each.isEmpty() && DiskPaths.folder(each).equals(path)) {
        found.add(DiskPaths.name(each));
      }
    }
    return List.copyOf(found);
  }

  @Override
  public synchronized boolean exists(String path) throws IOException {
    DiskPaths.check(path);
    return names.containsKey(path) || folders.contains(path);
  }

  @Override
  public synchronized long sizeBytes(String path) throws IOException {
    return content(path).length;
  }

  @Override
  public synchronized void createDirectories(String path) throws IOException {
    DiskPaths.check(path);
    addFolders(path);
  }

  private void addFolders(String path) {
    for (String folder = path; !folder.isEmpty(); folder = DiskPaths.folder(folder)) {
      folders.add(folder);
    }
  }

  @Override
  public synchronized long freeBytes() {
    return Math.max(0, capacityBytes - usedBytes());
  }

  @Override
  public synchronized AutoCloseable lock(String path) throws IOException {
    DiskPaths.check(path);
    if (!folders.contains(path)) {
      throw new NoSuchFileException(path);
    }
    if (!locks.add(path)) {
      throw new IOException(path + ": the folder is in use");
    }
    return () -> {
      synchronized (MemoryDisk.this) {
        locks.remove(path);
      }
    };
  }

  /** Appends to a content. */
  private final class Writer implements WritableFile {
    private final String path;
    private final Content content;
    private boolean closed;

    Writer(String path, Content content) {
      this.path = path;
      this.content = content;
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
      synchronized (MemoryDisk.this) {
        checkOpen();
        int wanted = source.remaining();
        int fits = (int) Math.min(wanted, Math.max(0, capacityBytes - usedBytes()));
        content.append(source, fits);
        if (fits < wanted) {
          throw new DiskFullException(
              path + ": no space left", new IOException("capacity=" + capacityBytes));
        }
      }
    }

    @Override
    public long positionBytes() {
      synchronized (MemoryDisk.this) {
        return content.length;
      }
    }

    @Override
    public void sync() throws IOException {
      synchronized (MemoryDisk.this) {
        checkOpen();
        content.synced = content.length;
      }
    }

    private void checkOpen() throws IOException {
      if (closed) {
        throw new IOException(path + ": closed");
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  /** What a failed sync does to a file: the bytes not yet synced are lost at the next crash. */
  static void loseUnsynced(MemoryDisk disk, String path) throws IOException {
    synchronized (disk) {
      Content content = disk.content(path);
      content.lostFrom = Math.min(content.lostFrom, content.synced);
    }
  }

  /** Reads a content. */
  private final class Reader implements ReadableFile {
    private final String path;
    private final Content content;
    private boolean closed;

    Reader(String path, Content content) {
      this.path = path;
      this.content = content;
    }

    @Override
    public long sizeBytes() throws IOException {
      synchronized (MemoryDisk.this) {
        checkOpen();
        return content.length;
      }
    }

    @Override
    public void read(long offsetBytes, ByteBuffer target) throws IOException {
      synchronized (MemoryDisk.this) {
        checkOpen();
        if (offsetBytes + target.remaining() > content.length) {
          throw new EOFException(path + ": ends before " + (offsetBytes + target.remaining()));
        }
        target.put(content.bytes, Math.toIntExact(offsetBytes), target.remaining());
      }
    }

    @Override
    public MemorySegment map(Arena arena) throws IOException {
      synchronized (MemoryDisk.this) {
        checkOpen();
        MemorySegment copy = arena.allocate(content.length, 8);
        MemorySegment.copy(MemorySegment.ofArray(content.bytes), 0, copy, 0, content.length);
        return copy.asReadOnly();
      }
    }

    private void checkOpen() throws IOException {
      if (closed) {
        throw new IOException(path + ": closed");
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
