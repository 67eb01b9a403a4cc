package dev.skald.storage.object;

import dev.skald.disk.Disk;
import dev.skald.disk.ReadableFile;
import dev.skald.disk.WritableFile;
import dev.skald.random.Randomness;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * An {@link ObjectStore} in a directory: object {@code manifest/42} is file {@code
 * <root>/manifest/42}. An object is written to {@code <root>/tmp/<random>}, synced, linked to its
 * name, and the folder synced; so a name is never taken twice and never shows half an object. What
 * a crash leaves in {@code tmp} is deleted by {@link #open}.
 */
public final class LocalObjectStore implements ObjectStore {
  private static final String TEMPORARY_FOLDER = "tmp";

  private final Disk disk;
  private final Randomness randomness;
  private final String root;

  /** Folders known to exist durably. */
  private final Set<String> folders = ConcurrentHashMap.newKeySet();

  private LocalObjectStore(Disk disk, Randomness randomness, String root) {
    this.disk = disk;
    this.randomness = randomness;
    this.root = root;
  }

  /**
   * Opens or creates the store; only one may be open on a directory at a time.
   *
   * @param root path below the disk's root
   */
  public static LocalObjectStore open(Disk disk, Randomness randomness, String root)
      throws IOException {
    LocalObjectStore store = new LocalObjectStore(disk, randomness, root);
    String temporary = root + "/" + TEMPORARY_FOLDER;
    disk.createDirectories(temporary);
    for (String leftover : disk.list(temporary)) {
      disk.delete(temporary + "/" + leftover);
    }
    return store;
  }

  /**
   * Opens a store to look at it only: nothing is created or swept, and creating or deleting objects
   * is not meant.
   */
  public static LocalObjectStore openForReading(Disk disk, String root) {
    return new LocalObjectStore(disk, () -> 0, root);
  }

  @Override
  public ObjectWriter create(ObjectName name) throws IOException {
    String temporaryPath =
        root + "/" + TEMPORARY_FOLDER + "/" + String.format("%016x", randomness.nextLong());
    return new LocalWriter(name, temporaryPath, disk.create(temporaryPath));
  }

  @Override
  public void createIfAbsent(ObjectName name, ByteBuffer content) throws IOException {
    try (ObjectWriter writer = create(name)) {
      writer.write(content.duplicate());
      writer.complete();
    }
  }

  @Override
  public ObjectReader open(ObjectName name) throws IOException {
    return new LocalReader(disk.open(path(name)));
  }

  @Override
  public List<ObjectName> list(String folder) throws IOException {
    List<ObjectName> names = new ArrayList<>();
    for (String name : disk.list(root + "/" + folder)) {
      if (ObjectName.isPart(name)) {
        names.add(new ObjectName(folder, name));
      }
    }
    names.sort(null);
    return names;
  }

  @Override
  public void delete(ObjectName name) throws IOException {
    disk.delete(path(name));
    disk.syncDirectory(root + "/" + name.folder());
  }

  private String path(ObjectName name) {
    return root + "/" + name.path();
  }

  private void ensureFolder(String folder) throws IOException {
    if (!folders.contains(folder)) {
      disk.createDirectories(root + "/" + folder);
      folders.add(folder);
    }
  }

  /**
   * Links the synced temporary file to its name. Whatever holds the name is durable when the name
   * is found taken.
   */
  private void publish(String temporaryPath, ObjectName name) throws IOException {
    ensureFolder(name.folder());
    String folder = root + "/" + name.folder();
    try {
      disk.link(temporaryPath, path(name));
    } catch (FileAlreadyExistsException e) {
      disk.syncDirectory(folder);
      throw e;
    }
    disk.syncDirectory(folder);
  }

  private final class LocalWriter implements ObjectWriter {
    private final ObjectName name;
    private final String temporaryPath;
    private @Nullable WritableFile file;
    private long positionBytes;
    private boolean complete;

    LocalWriter(ObjectName name, String temporaryPath, WritableFile file) {
      this.name = name;
      this.temporaryPath = temporaryPath;
      this.file = file;
    }

    private WritableFile file() {
      if (file == null || complete) {
        throw new IllegalStateException(name + " is closed or complete");
      }
      return file;
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
      file().write(source);
      positionBytes = file().positionBytes();
    }

    @Override
    public long positionBytes() {
      return positionBytes;
    }

    @Override
    public void complete() throws IOException {
      WritableFile written = file();
      complete = true; // also if the sync fails: such a file must not be touched again
      written.sync();
      publish(temporaryPath, name);
    }

    @Override
    public void close() throws IOException {
      if (file != null) {
        WritableFile closing = file;
        file = null;
        try {
          closing.close();
        } finally {
          disk.delete(temporaryPath);
        }
      }
    }
  }

  private record LocalReader(ReadableFile file) implements ObjectReader {
    @Override
    public long sizeBytes() throws IOException {
      return file.sizeBytes();
    }

    @Override
    public void read(long offsetBytes, ByteBuffer target) throws IOException {
      file.read(offsetBytes, target);
    }

    @Override
    public MemorySegment map(Arena arena) throws IOException {
      return file.map(arena);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
