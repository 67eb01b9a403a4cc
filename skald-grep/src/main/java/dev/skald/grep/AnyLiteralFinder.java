package dev.skald.grep;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;

/**
 * Finds any of many byte strings in one pass, however many they are (A. Aho and M. Corasick, "Efficient string matching",
 * CACM 18/6, 1975). Immutable; safe for concurrent use.
 *
 * <p>A state is a prefix of some string. Edges lie in one hash table, since most states have one; a byte without an edge
 * leads to the longest proper suffix of the state that is a prefix too. Each such step shortens the state, and each byte
 * lengthens it by one at most, so a text of n bytes takes 2n steps at most.
 */
public final class AnyLiteralFinder {
  private static final int ROOT = 0;
  private static final int NONE = -1;

  /** Open addressing: {@code state << 8 | byte} plus one, and where it leads. */
  private final int[] edgeKeys;

  private final int[] edgeTargets;

  /** Where each byte leads from the root. */
  private final int[] fromRoot = new int[256];

  /** Per state: its longest proper suffix that is a state. */
  private final int[] suffix;

  /** Per state: length of the shortest string that ends here; 0 if none does. */
  private final int[] endsHere;

  private int states = 1;

  /**
   * @param needles at least one; none of them empty
   */
  public AnyLiteralFinder(List<byte[]> needles) {
    int bytes = 1;
    for (byte[] needle : needles) {
      if (needle.length == 0) {
        throw new IllegalArgumentException("an empty string is everywhere");
      }
      bytes += needle.length;
    }
    edgeKeys = new int[Math.max(16, Integer.highestOneBit(bytes) * 4)];
    edgeTargets = new int[edgeKeys.length];
    suffix = new int[bytes];
    endsHere = new int[bytes];
    for (byte[] needle : needles) {
      add(needle);
    }
    Arrays.fill(fromRoot, ROOT);
    link(parents());
  }

  private void add(byte[] needle) {
    int state = ROOT;
    for (byte b : needle) {
      int slot = slot(state, b & 0xff);
      if (edgeKeys[slot] == 0) {
        edgeKeys[slot] = key(state, b & 0xff);
        edgeTargets[slot] = states++;
      }
      state = edgeTargets[slot];
    }
    endsHere[state] = needle.length;
  }

  /** Per state: {@code parent << 8 | byte} of the edge that leads there. */
  private int[] parents() {
    int[] parents = new int[states];
    for (int slot = 0; slot < edgeKeys.length; slot++) {
      if (edgeKeys[slot] != 0) {
        parents[edgeTargets[slot]] = edgeKeys[slot] - 1;
      }
    }
    return parents;
  }

  /** Sets suffixes, shorter states first. */
  private void link(int[] parents) {
    int[][] children = new int[states][];
    int[] counts = new int[states];
    for (int state = 1; state < states; state++) {
      counts[parents[state] >>> 8]++;
    }
    for (int state = 0; state < states; state++) {
      children[state] = new int[counts[state]];
    }
    for (int state = states - 1; state > 0; state--) {
      int parent = parents[state] >>> 8;
      children[parent][--counts[parent]] = state;
    }
    ArrayDeque<Integer> next = new ArrayDeque<>();
    for (int child : children[ROOT]) {
      fromRoot[parents[child] & 0xff] = child;
      next.add(child);
    }
    while (!next.isEmpty()) {
      int state = next.remove();
      for (int child : children[state]) {
        suffix[child] = step(suffix[state], parents[child] & 0xff);
        if (endsHere[child] == 0) {
          endsHere[child] = endsHere[suffix[child]];
        } else if (endsHere[suffix[child]] > 0) {
          endsHere[child] = Math.min(endsHere[child], endsHere[suffix[child]]);
        }
        next.add(child);
      }
    }
  }

  private int step(int from, int b) {
    int state = from;
    while (state != ROOT) {
      int slot = slot(state, b);
      if (edgeKeys[slot] != 0) {
        return edgeTargets[slot];
      }
      state = suffix[state];
    }
    return fromRoot[b];
  }

  private static int key(int state, int b) {
    return (state << 8 | b) + 1;
  }

  private int slot(int state, int b) {
    int key = key(state, b);
    int mask = edgeKeys.length - 1;
    int slot = (key * 0x9E3779B1) >>> 8 & mask;
    while (edgeKeys[slot] != 0 && edgeKeys[slot] != key) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  /** Start of the string that ends first in {@code [start, end)}, or -1. */
  public int find(byte[] text, int start, int end) {
    int state = ROOT;
    for (int at = start; at < end; at++) {
      int b = text[at] & 0xff;
      state = state == ROOT ? fromRoot[b] : step(state, b);
      if (endsHere[state] > 0) {
        return at + 1 - endsHere[state];
      }
    }
    return NONE;
  }
}
