package dev.skald.storage.check;

import dev.skald.disk.Disk;
import dev.skald.disk.ReadableFile;
import dev.skald.disk.WritableFile;
import java.io.IOException;
import java.util.List;

/**
 * A disk that is read, and on which repairs are not made: what would cut, rename or delete does
 * nothing.
 */
final class LookOnlyDisk implements Disk {
  private final Disk disk;

  LookOnlyDisk(Disk disk) {
    this.disk = disk;
  }

  @Override
  public WritableFile create(String path) throws IOException {
    throw new IOException(path + ": not created, this is a look only");
  }

  @Override
  public ReadableFile open(String path) throws IOException {
    return disk.open(path);
  }

  @Override
  public void rename(String from, String to) {}

  @Override
  public void link(String from, String to) {}

  @Override
  public void syncDirectory(String path) {}

  @Override
  public void delete(String path) {}

  @Override
  public void truncate(String path, long lengthBytes) {}

  @Override
  public List<String> list(String path) throws IOException {
    return disk.list(path);
  }

  @Override
  public boolean exists(String path) throws IOException {
    return disk.exists(path);
  }

  @Override
  public long sizeBytes(String path) throws IOException {
    return disk.sizeBytes(path);
  }

  @Override
  public void createDirectories(String path) {}

  @Override
  public long freeBytes() throws IOException {
    return disk.freeBytes();
  }

  @Override
  public AutoCloseable lock(String path) throws IOException {
    return disk.lock(path);
  }
}
