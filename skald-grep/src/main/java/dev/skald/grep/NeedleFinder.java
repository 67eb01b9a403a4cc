package dev.skald.grep;

import java.util.List;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Finds where several needles stand. Immutable. For each needle two bytes or three are compared at
 * every place of a vector at once, as in {@link VectorFinder}; only where they are right is the
 * needle compared whole. Its plain twin is {@link #collectPlainly}.
 */
final class NeedleFinder {
  private static final VectorSpecies<Byte> SPECIES = ByteVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /**
   * Found at more places than this part of all, a text is searched alone, and no further than to
   * the first.
   */
  private static final double SELECTIVE_SHARE_MAX = 0.02;

  private final Needle[] needles;
  private final int longest;
  private final int shortest;
  private final boolean selective;

  /**
   * Probes for each needle: their places, masks and values, needle by needle. One needle alone may
   * have three; with several, what a third costs in every block is more than what it saves.
   */
  private final int probes;

  private final int[] offsets;
  private final byte[] masks;
  private final byte[] values;
  private final int farthestProbe;

  NeedleFinder(List<Needle> needles) {
    this.needles = needles.toArray(Needle[]::new);
    List<Probes> all = needles.stream().map(Probes::new).toList();
    probes = all.size() > 1 || all.getFirst().third() == all.getFirst().second() ? 2 : 3;
    offsets = new int[probes * all.size()];
    masks = new byte[offsets.length];
    values = new byte[offsets.length];
    int farthest = 0;
    for (int i = 0; i < offsets.length; i++) {
      Needle needle = this.needles[i / probes];
      Probes some = all.get(i / probes);
      offsets[i] =
          switch (i % probes) {
            case 0 -> some.first();
            case 1 -> some.second();
            default -> some.third();
          };
      masks[i] = needle.place(offsets[i]).mask();
      values[i] = needle.place(offsets[i]).value();
      farthest = Math.max(farthest, offsets[i]);
    }
    farthestProbe = farthest;
    longest = needles.stream().mapToInt(Needle::length).max().orElse(0);
    shortest = needles.stream().mapToInt(Needle::length).min().orElse(0);
    selective = all.stream().mapToDouble(Probes::share).sum() <= SELECTIVE_SHARE_MAX;
  }

  /** Whether it stops rarely enough to be worth running over many texts at once. */
  boolean isSelective() {
    return selective;
  }

  /** Bytes of the longest needle. */
  int longest() {
    return longest;
  }

  /** Start of the first needle that lies wholly in {@code [start, end)}, or -1. */
  int find(byte[] text, int start, int end) {
    int[] hit = new int[1];
    return collect(text, start, end, hit) == 0 ? -1 : hit[0];
  }

  /**
   * Collects where needles stand that lie wholly in {@code [start, end)}, in order, until {@code
   * hits} is full.
   *
   * @return how many; if {@code hits} is full, there may be more behind the last
   */
  int collect(byte[] text, int start, int end, int[] hits) {
    int lastBlock =
        text.length - farthestProbe - LANES; // blocks behind it would end behind the array
    if (lastBlock < start) {
      return collectPlainly(text, start, end, hits, 0);
    }
    return needles.length == 1
        ? collectOne(text, start, end, lastBlock, hits)
        : collectSet(text, start, end, lastBlock, hits);
  }

  /** One needle: all that the loop needs is in registers. */
  private int collectOne(byte[] text, int start, int end, int lastBlock, int[] hits) {
    int first = offsets[0];
    int second = offsets[1];
    boolean three = probes == 3;
    int third = offsets[three ? 2 : 1];
    byte firstMask = masks[0];
    byte secondMask = masks[1];
    byte thirdMask = masks[three ? 2 : 1];
    byte firstValue = values[0];
    byte secondValue = values[1];
    byte thirdValue = values[three ? 2 : 1];
    int last = Math.min(end - shortest, lastBlock);
    int count = 0;
    int at = start;
    for (; at <= last; at += LANES) {
      ByteVector one = ByteVector.fromArray(SPECIES, text, at + first);
      ByteVector two = ByteVector.fromArray(SPECIES, text, at + second);
      VectorMask<Byte> both =
          one.and(firstMask).eq(firstValue).and(two.and(secondMask).eq(secondValue));
      if (three) {
        ByteVector more = ByteVector.fromArray(SPECIES, text, at + third);
        both = both.and(more.and(thirdMask).eq(thirdValue));
      }
      long candidates = both.toLong();
      if (candidates != 0) {
        count = confirm(text, at, candidates, end, hits, count);
        if (count == hits.length) {
          return count;
        }
      }
    }
    return collectTail(text, at, lastBlock, end, hits, count);
  }

  private int collectSet(byte[] text, int start, int end, int lastBlock, int[] hits) {
    int last = Math.min(end - shortest, lastBlock);
    int count = 0;
    int at = start;
    for (; at <= last; at += LANES) {
      long candidates = probes == 2 ? byTwo(text, at) : byThree(text, at);
      if (candidates != 0) {
        count = confirm(text, at, candidates, end, hits, count);
        if (count == hits.length) {
          return count;
        }
      }
    }
    return collectTail(text, at, lastBlock, end, hits, count);
  }

  /** From {@code start} on, where the array ends: the last block once more over some bytes. */
  private int collectTail(
      byte[] text, int start, int lastBlock, int end, int[] hits, int collected) {
    if (start > end - shortest) {
      return collected;
    }
    int overlap = start - lastBlock;
    if (overlap >= LANES) {
      return collectPlainly(text, start, end, hits, collected);
    }
    long candidates = probes == 2 ? byTwo(text, lastBlock) : byThree(text, lastBlock);
    int count = confirm(text, lastBlock, candidates & (-1L << overlap), end, hits, collected);
    return collectPlainly(text, lastBlock + LANES, end, hits, count);
  }

  private long byTwo(byte[] text, int block) {
    long all = 0;
    for (int p = 0; p + 1 < offsets.length; p += 2) {
      ByteVector one = ByteVector.fromArray(SPECIES, text, block + offsets[p]);
      ByteVector two = ByteVector.fromArray(SPECIES, text, block + offsets[p + 1]);
      all |= one.and(masks[p]).eq(values[p]).and(two.and(masks[p + 1]).eq(values[p + 1])).toLong();
    }
    return all;
  }

  private long byThree(byte[] text, int block) {
    long all = 0;
    for (int p = 0; p + 2 < offsets.length; p += 3) {
      ByteVector one = ByteVector.fromArray(SPECIES, text, block + offsets[p]);
      ByteVector two = ByteVector.fromArray(SPECIES, text, block + offsets[p + 1]);
      ByteVector three = ByteVector.fromArray(SPECIES, text, block + offsets[p + 2]);
      all |=
          one.and(masks[p])
              .eq(values[p])
              .and(two.and(masks[p + 1]).eq(values[p + 1]))
              .and(three.and(masks[p + 2]).eq(values[p + 2]))
              .toLong();
    }
    return all;
  }

  /**
   * Adds the places of a block where a needle stands; bits of {@code candidates} are where one may.
   */
  private int confirm(byte[] text, int block, long candidates, int end, int[] hits, int collected) {
    int count = collected;
    for (long left = candidates; left != 0 && count < hits.length; left &= left - 1) {
      int at = block + Long.numberOfTrailingZeros(left);
      if (isAt(text, at, end)) {
        hits[count++] = at;
      }
    }
    return count;
  }

  int collectPlainly(byte[] text, int start, int end, int[] hits, int collected) {
    int count = collected;
    for (int at = start; at <= end - shortest && count < hits.length; at++) {
      if (isAt(text, at, end)) {
        hits[count++] = at;
      }
    }
    return count;
  }

  /** Whether a needle stands at {@code at} and ends before {@code end}. */
  boolean isAt(byte[] text, int at, int end) {
    for (Needle needle : needles) {
      if (at + needle.length() <= end && needle.isAt(text, at)) {
        return true;
      }
    }
    return false;
  }

  /** Behind the needle at {@code at} that ends first. Legal where {@link #isAt}. */
  int shortestEnd(byte[] text, int at, int end) {
    int first = end;
    for (Needle needle : needles) {
      if (at + needle.length() < first && needle.isAt(text, at)) {
        first = at + needle.length();
      }
    }
    return first;
  }
}
