package dev.skald.config;

import java.util.List;

/** Keys that are accepted though no record has them: those of other programs that read the same files. */
public interface KnownKeys {
  /** Nothing beyond the records. */
  KnownKeys NONE =
      new KnownKeys() {
        @Override
        public boolean accepts(String path, ConfigValue value, Problems problems) {
          return false;
        }

        @Override
        public List<String> keysBelow(String path) {
          return List.of();
        }
      };

  /**
   * Whether a key is known; a known key's value is checked, and what is wrong with it noted.
   *
   * @param path the key's full path; an item of a list is {@code [0]}, {@code [1]}, …
   */
  boolean accepts(String path, ConfigValue value, Problems problems);

  /** Names of the keys directly below a path ("" is the top), to guess what was meant. */
  List<String> keysBelow(String path);
}
