package dev.skald.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The operating system's files below one folder. A sync is {@code fdatasync}; a folder is synced by
 * its own descriptor.
 */
public final class FileDisk implements Disk {
  /** Holds the lock of a folder; {@link #list} does not show it. */
  private static final String LOCK_NAME = ".lock";

  private final Path root;

  private FileDisk(Path root) {
    this.root = root;
  }

  /** Makes the folder if it is absent. */
  public static FileDisk at(Path root) throws IOException {
    Path absolute = root.toAbsolutePath().normalize();
    Files.createDirectories(absolute);
    return new FileDisk(absolute);
  }

  @Override
  public WritableFile create(String path) throws IOException {
    Path file = resolve(path);
    try {
      return new ChannelWriter(
          path, FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw named(path, e);
    }
  }

  @Override
  public ReadableFile open(String path) throws IOException {
    return new ChannelReader(path, resolve(path));
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Path source = resolve(from);
    Path target = resolve(to);
    try {
      Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw named(from, e);
    }
  }

  @Override
  public void link(String from, String to) throws IOException {
    Path existing = resolve(from);
    Path link = resolve(to);
    try {
      Files.createLink(link, existing);
    } catch (IOException e) {
      throw named(to, e);
    }
  }

  @Override
  public void syncDirectory(String path) throws IOException {
    sync(resolve(path), path);
  }

  private static void sync(Path folder, String path) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      throw named(path, e);
    }
  }

  @Override
  public void delete(String path) throws IOException {
    Files.deleteIfExists(resolve(path));
  }

  @Override
  public void truncate(String path, long lengthBytes) throws IOException {
    Path file = resolve(path);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(lengthBytes);
      channel.force(true);
    } catch (IOException e) {
      throw named(path, e);
    }
  }

  @Override
  public List<String> list(String path) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(resolve(path))) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        if (!name.equals(LOCK_NAME)) {
          names.add(name);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
    Collections.sort(names);
    return names;
  }

  @Override
  public boolean exists(String path) throws IOException {
    return Files.exists(resolve(path));
  }

  @Override
  public long sizeBytes(String path) throws IOException {
    return Files.size(resolve(path));
  }

  @Override
  public void createDirectories(String path) throws IOException {
    Path folder = resolve(path);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw named(path, e);
    }
    for (String at = path; !at.isEmpty(); at = DiskPaths.folder(at)) {
      syncDirectory(DiskPaths.folder(at));
    }
  }

  @Override
  public long freeBytes() throws IOException {
    return Files.getFileStore(root).getUsableSpace();
  }

  @Override
  public AutoCloseable lock(String path) throws IOException {
    Path file = resolve(path).resolve(LOCK_NAME);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new IOException(path + ": the folder is in use by another process");
      }
      return channel; // closing the channel releases the lock
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new IOException(path + ": the folder is in use by this process", e);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private Path resolve(String path) throws IOException {
    DiskPaths.check(path);
    return path.isEmpty() ? root : root.resolve(path);
  }

  /** The same failure with the path in its message; a full disk gets its own type. */
  static IOException named(String path, IOException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("No space left on device") || message.contains("Disk quota exceeded")) {
      return new DiskFullException(path + ": " + message, e);
    }
    return e instanceof FileSystemException ? e : new IOException(path + ": " + message, e);
  }
}
