package dev.skald.storage.column;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import java.util.Arrays;

/**
 * A Huffman code over up to 256 symbols, canonical, of at most {@link #BITS_MAX} bits; docs/format/column.md#prefix.
 *
 * <p>Depths come from the two-queue construction over sorted counts; those beyond the limit are cut to it and others
 * made longer until the code is one again, which costs next to nothing at twelve bits.
 */
final class PrefixCode {
  static final int SYMBOLS_MAX = 256;
  static final int BITS_MAX = 12;

  private final byte[] lengths;

  /** Bit-reversed, as the first bit of a code is the lowest in the stream. */
  private final int[] codes;

  private PrefixCode(byte[] lengths) {
    this.lengths = lengths;
    this.codes = codes(lengths);
  }

  /** For symbols that occur so often; at least one does. */
  static PrefixCode of(int[] counts) {
    return new PrefixCode(lengths(counts));
  }

  int length(int symbol) {
    return lengths[symbol];
  }

  int code(int symbol) {
    return codes[symbol];
  }

  private static byte[] lengths(int[] counts) {
    long[] sorted = new long[SYMBOLS_MAX];
    int used = 0;
    for (int symbol = 0; symbol < SYMBOLS_MAX; symbol++) {
      if (counts[symbol] > 0) {
        sorted[used++] = ((long) counts[symbol] << Byte.SIZE) | symbol;
      }
    }
    byte[] lengths = new byte[SYMBOLS_MAX];
    if (used == 1) {
      lengths[(int) (sorted[0] & 0xff)] = 1;
      return lengths;
    }
    Arrays.sort(sorted, 0, used);
    int[] depths = depths(sorted, used);
    limit(depths, used);
    for (int i = 0; i < used; i++) {
      lengths[(int) (sorted[i] & 0xff)] = (byte) depths[i];
    }
    return lengths;
  }

  /** Depths of leaves, the rarest first, in Huffman's tree. */
  private static int[] depths(long[] sorted, int used) {
    long[] weights = new long[2 * used - 1];
    int[] parents = new int[2 * used - 1];
    for (int i = 0; i < used; i++) {
      weights[i] = sorted[i] >>> Byte.SIZE;
    }
    int leaf = 0;
    int inner = used;
    for (int node = used; node < 2 * used - 1; node++) {
      for (int child = 0; child < 2; child++) {
        boolean takeLeaf = leaf < used && (inner >= node || weights[leaf] <= weights[inner]);
        int taken = takeLeaf ? leaf++ : inner++;
        weights[node] += weights[taken];
        parents[taken] = node;
      }
    }
    int[] depths = new int[2 * used - 1];
    for (int node = 2 * used - 3; node >= 0; node--) {
      depths[node] = depths[parents[node]] + 1;
    }
    return depths;
  }

  private static void limit(int[] depths, int used) {
    int room = 1 << BITS_MAX;
    for (int i = 0; i < used; i++) {
      depths[i] = Math.min(depths[i], BITS_MAX);
      room -= 1 << (BITS_MAX - depths[i]);
    }
    for (int i = 0; room < 0; i = i + 1 == used ? 0 : i + 1) { // the rarest first
      if (depths[i] < BITS_MAX) {
        depths[i]++;
        room += 1 << (BITS_MAX - depths[i]);
      }
    }
    for (int i = used - 1; i >= 0; i--) {
      while (depths[i] > 1 && 1 << (BITS_MAX - depths[i]) <= room) {
        room -= 1 << (BITS_MAX - depths[i]);
        depths[i]--;
      }
    }
  }

  private static int[] codes(byte[] lengths) {
    int[] codes = new int[SYMBOLS_MAX];
    int next = 0;
    for (int length = 1; length <= BITS_MAX; length++) {
      next <<= 1;
      for (int symbol = 0; symbol < SYMBOLS_MAX; symbol++) {
        if (lengths[symbol] == length) {
          codes[symbol] = Integer.reverse(next++) >>> (Integer.SIZE - length);
        }
      }
    }
    return codes;
  }

  /** Appends the lengths: first and last symbol, then four bits each. */
  void write(ByteWriter out) {
    int first = 0;
    while (lengths[first] == 0) {
      first++;
    }
    int last = SYMBOLS_MAX - 1;
    while (lengths[last] == 0) {
      last--;
    }
    out.putByte(first);
    out.putByte(last);
    for (int symbol = first; symbol <= last; symbol += 2) {
      int second = symbol + 1 <= last ? lengths[symbol + 1] : 0;
      out.putByte(lengths[symbol] | second << 4);
    }
  }

  /** Most bytes of {@link #write} for symbols in a range. */
  static int writtenBytes(int first, int last) {
    return 3 + (last - first) / 2;
  }

  /** Reads what {@link #write} wrote. */
  static PrefixCode read(ByteReader in) {
    int first = in.readByte();
    int last = in.readByte();
    if (last < first) {
      throw in.corrupt("last symbol of prefix code", "at least " + first, last);
    }
    byte[] lengths = new byte[SYMBOLS_MAX];
    long room = 1 << BITS_MAX;
    for (int symbol = first; symbol <= last; symbol++) {
      int two = (symbol - first) % 2 == 0 ? in.readByte() : in.array()[in.position() - 1] >> 4;
      int length = two & 15;
      if (length > BITS_MAX) {
        throw in.corrupt("length of prefix code", "at most " + BITS_MAX, length);
      }
      lengths[symbol] = (byte) length;
      room -= length == 0 ? 0 : 1L << (BITS_MAX - length);
    }
    if (room < 0) {
      throw in.corrupt("prefix code", "no code the start of another", "too many short ones");
    }
    return new PrefixCode(lengths);
  }

  /** Longest code in use. */
  int longest() {
    int longest = 1;
    for (byte length : lengths) {
      longest = Math.max(longest, length);
    }
    return longest;
  }

  /**
   * For each {@code bits} bits that may come next, the symbol they begin with times 16 plus its length; zero if none.
   */
  short[] table(int bits) {
    short[] table = new short[1 << bits];
    for (int symbol = 0; symbol < SYMBOLS_MAX; symbol++) {
      int length = lengths[symbol];
      if (length > 0) {
        for (int i = codes[symbol]; i < table.length; i += 1 << length) {
          table[i] = (short) (symbol << 4 | length);
        }
      }
    }
    return table;
  }
}
