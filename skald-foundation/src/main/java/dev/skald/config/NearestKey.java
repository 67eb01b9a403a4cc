package dev.skald.config;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Guesses what a misspelt word was meant to be: the word with the fewest edits (Levenshtein distance). */
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
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
