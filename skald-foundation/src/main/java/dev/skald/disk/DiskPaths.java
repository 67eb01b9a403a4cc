package dev.skald.disk;

import java.io.IOException;

/** What a path of a {@link Disk} may look like; the same for every implementation. */
final class DiskPaths {
  private DiskPaths() {}

  /**
   * The empty path is the root.
   *
   * @throws IOException if the path is absolute, or has a part that is empty, {@code .} or {@code
   *     ..}, or holds a backslash or a NUL
   */
  static void check(String path) throws IOException {
    if (path.isEmpty()) {
      return;
    }
    if (path.indexOf('\\') >= 0 || path.indexOf('\0') >= 0) {
      throw new IOException("not a path of this disk: " + path);
    }
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw new IOException("not a path of this disk: " + path);
      }
    }
  }

  /** The folder that a name is in; empty for the root. */
  static String folder(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  /** The last part. */
  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
