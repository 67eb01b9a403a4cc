package dev.skald.grep;

import java.nio.charset.StandardCharsets;

/** How often a byte stands in logs, roughly: what a search should look for first. */
final class ByteRarity {
  /**
   * From common to rare, as counted over public log files; bytes that are not listed are rarer
   * still.
   */
  private static final String COMMON_FIRST =
      " e0a1t2ionr3s5l4\"d:.c6,u79-8m/p=fg_[]hbk()vyESIA{}TRDNCOLwPFMxW;B'qGjUz";

  /** The most common byte's share of all bytes; each next one's is smaller by the same factor. */
  private static final double SHARE_OF_FIRST = 0.07;

  private static final double HALVED_EVERY = 10;

  private static final byte[] RANK = ranks();

  private ByteRarity() {}

  private static byte[] ranks() {
    byte[] ranks = new byte[256];
    byte[] common = COMMON_FIRST.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < common.length; i++) {
      ranks[common[i]] = (byte) (127 - i);
    }
    return ranks;
  }

  /** Larger is more common. Only the order matters. */
  static int of(byte b) {
    return RANK[b & 0xff];
  }

  /** The part of all bytes that are this one. */
  static double share(byte b) {
    int place = 127 - Math.max(of(b), 127 - COMMON_FIRST.length());
    return SHARE_OF_FIRST * Math.pow(2, -place / HALVED_EVERY);
  }
}
