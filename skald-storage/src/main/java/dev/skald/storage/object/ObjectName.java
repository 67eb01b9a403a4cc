package dev.skald.storage.object;

/**
 * The name of an object: a folder and a name in it. Both are made of ASCII letters, digits, {@code
 * -} and {@code _}, so they mean the same on every file system and in every bucket; nothing that a
 * user chose is ever part of them.
 */
public record ObjectName(String folder, String name) implements Comparable<ObjectName> {
  /** Longest folder or name, in characters; every file system allows this much. */
  public static final int PART_CHARS_MAX = 128;

  public ObjectName {
    check(folder);
    check(name);
  }

  private static void check(String part) {
    if (part.isEmpty() || part.length() > PART_CHARS_MAX) {
      throw new IllegalArgumentException("object name part of " + part.length() + " characters");
    }
    if (!isPart(part)) {
      throw new IllegalArgumentException("bad object name part: " + part);
    }
  }

  /** Whether the text could be a folder or a name, its length aside. */
  public static boolean isPart(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean fine =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '-'
              || c == '_';
      if (!fine) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** {@code folder/name}. */
  public String path() {
    return folder + "/" + name;
  }

  @Override
  public int compareTo(ObjectName other) {
    int byFolder = folder.compareTo(other.folder);
    return byFolder != 0 ? byFolder : name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return path();
  }
}
