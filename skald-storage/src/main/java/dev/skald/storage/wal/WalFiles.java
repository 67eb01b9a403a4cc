package dev.skald.storage.wal;

import dev.skald.disk.Disk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names of the log's files in its folder. */
final class WalFiles {
  private static final String SUFFIX = ".wal";
  private static final String QUARANTINE_SUFFIX = ".corrupt";

  private WalFiles() {}

  static String path(String folder, long number) {
    return folder + "/" + String.format(Locale.ROOT, "%08d", number) + SUFFIX;
  }

  /** Where a damaged file is kept for whoever wants to look. */
  static String quarantinePath(String folder, long number) {
    return path(folder, number) + QUARANTINE_SUFFIX;
  }

  /** Numbers of the files that are there, ascending; quarantined ones and strangers left out. */
  static List<Long> numbers(Disk disk, String folder) throws IOException {
    List<Long> numbers = new ArrayList<>();
    for (String name : disk.list(folder)) {
      if (name.endsWith(SUFFIX)) {
        parse(name, numbers);
      }
    }
    Collections.sort(numbers);
    return numbers;
  }

  /** Deletes the files below this number; damaged ones are kept under another name. */
  static void deleteBefore(Disk disk, String folder, long fileNumber, Set<Long> damaged)
      throws IOException {
    for (long number : numbers(disk, folder)) {
      if (number >= fileNumber) {
        break;
      }
      if (damaged.contains(number)) {
        disk.rename(path(folder, number), quarantinePath(folder, number));
      } else {
        disk.delete(path(folder, number));
      }
    }
  }

  /** The largest number that any file has, quarantined ones too; 0 if there is none. */
  static long largestNumber(Disk disk, String folder) throws IOException {
    List<Long> numbers = new ArrayList<>(List.of(0L));
    for (String name : disk.list(folder)) {
      parse(name, numbers);
    }
    return Collections.max(numbers);
  }

  private static void parse(String name, List<Long> into) {
    int end = name.indexOf(SUFFIX);
    if (end < 1 || end > 18) {
      return;
    }
    for (int i = 0; i < end; i++) {
      if (name.charAt(i) < '0' || name.charAt(i) > '9') {
        return;
      }
    }
    into.add(Long.parseLong(name, 0, end, 10));
  }
}
