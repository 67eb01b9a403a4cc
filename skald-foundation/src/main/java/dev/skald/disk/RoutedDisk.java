package dev.skald.disk;

import java.io.IOException;
import java.util.List;

/**
 * A tree of files one folder of which lies on another disk: what is below {@code folder} goes there, all else to the
 * main one. Renames and links between the two are refused; the contract of {@link Disk} holds for each side.
 */
public final class RoutedDisk implements Disk {
  private final Disk main;
  private final String folder;
  private final Disk other;

  /**
   * @param folder a single name, without slashes; its files stand at the top of {@code other}
   */
  public RoutedDisk(Disk main, String folder, Disk other) {
    if (folder.isEmpty() || folder.indexOf('/') >= 0) {
      throw new IllegalArgumentException("not a single name: " + folder);
    }
    this.main = main;
    this.folder = folder;
    this.other = other;
  }

  private record Place(Disk disk, String path) {}

  private Place place(String path) {
    if (path.equals(folder)) {
      return new Place(other, "");
    }
    String below = folder + "/";
    return path.startsWith(below)
        ? new Place(other, path.substring(below.length()))
        : new Place(main, path);
  }

  private Place sameSide(String from, String to) throws IOException {
    Place place = place(from);
    if (place.disk() != place(to).disk()) {
      throw new IOException("cannot move " + from + " to " + to + ": they are on different disks");
    }
    return place;
  }

  @Override
  public WritableFile create(String path) throws IOException {
    Place place = place(path);
    return place.disk().create(place.path());
  }

  @Override
  public ReadableFile open(String path) throws IOException {
    Place place = place(path);
    return place.disk().open(place.path());
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Place place = sameSide(from, to);
    place.disk().rename(place.path(), place(to).path());
  }

  @Override
  public void link(String from, String to) throws IOException {
    Place place = sameSide(from, to);
    place.disk().link(place.path(), place(to).path());
  }

  @Override
  public void syncDirectory(String path) throws IOException {
    Place place = place(path);
    place.disk().syncDirectory(place.path());
  }

  @Override
  public void delete(String path) throws IOException {
    Place place = place(path);
    place.disk().delete(place.path());
  }

  @Override
  public void truncate(String path, long lengthBytes) throws IOException {
    Place place = place(path);
    place.disk().truncate(place.path(), lengthBytes);
  }

  @Override
  public List<String> list(String path) throws IOException {
    Place place = place(path);
    return place.disk().list(place.path());
  }

  @Override
  public boolean exists(String path) throws IOException {
    Place place = place(path);
    return place.disk().exists(place.path());
  }

  @Override
  public long sizeBytes(String path) throws IOException {
    Place place = place(path);
    return place.disk().sizeBytes(place.path());
  }

  @Override
  public void createDirectories(String path) throws IOException {
    Place place = place(path);
    place.disk().createDirectories(place.path());
  }

  /** The smaller of the two: either being full stops writing. */
  @Override
  public long freeBytes() throws IOException {
    return Math.min(main.freeBytes(), other.freeBytes());
  }

  @Override
  public AutoCloseable lock(String path) throws IOException {
    Place place = place(path);
    return place.disk().lock(place.path());
  }
}
