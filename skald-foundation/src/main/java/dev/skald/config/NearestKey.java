package dev.skald.config;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Guesses what a misspelt word was meant to be: the word with the fewest edits (optimal
 * string alignment distance: a letter more, less or other, or two swapped).
 */
public final class NearestKey {
  private NearestKey() {}

  /**
   * The nearest of some words.
   *
   * @return null if none is near: more than a third of the letters differ
   */
  public static @Nullable String of(String word, Collection<String> words) {
    String nearest = null;
    int least = Math.max(1, word.length() / 3) + 1;
    for (String candidate : words) {
      int edits = edits(word, candidate);
      if (edits < least) {
        least = edits;
        nearest = candidate;
      }
    }
    return nearest;
  }

  private static int edits(String a, String b) {
    int[][] table = new int[a.length() + 1][b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      table[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      table[i][0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int differs = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(table[i - 1][j], table[i][j - 1]) + 1;
        least = Math.min(least, table[i - 1][j - 1] + differs);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          least = Math.min(least, table[i - 2][j - 2] + 1);
        }
        table[i][j] = least;
      }
    }
    return table[a.length()][b.length()];
  }
}
