package dev.skald.logql.syntax;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that {@code ip("…")} names: one, a network, or a range (spec logql.md 6.1.1).
 * Immutable; safe for concurrent use.
 */
public final class IpPattern {
  private final byte[] first;
  private final byte[] last;

  private IpPattern(byte[] first, byte[] last) {
    this.first = first;
    this.last = last;
  }

  /**
   * {@code 10.0.0.1}, {@code 10.0.0.0/8}, {@code 10.0.0.1-10.0.0.9}, or the same with IPv6; empty
   * if it is none.
   */
  public static Optional<IpPattern> parse(String pattern) {
    int slash = pattern.indexOf('/');
    int dash = pattern.indexOf('-');
    if (slash >= 0) {
      return network(
          IpAddressText.parse(pattern.substring(0, slash)), pattern.substring(slash + 1));
    }
    if (dash >= 0) {
      return between(
          IpAddressText.parse(pattern.substring(0, dash)),
          IpAddressText.parse(pattern.substring(dash + 1)));
    }
    byte[] address = IpAddressText.parse(pattern);
    return between(address, address);
  }

  private static Optional<IpPattern> between(byte @Nullable [] first, byte @Nullable [] last) {
    boolean isRange =
        first != null
            && last != null
            && first.length == last.length
            && Arrays.compareUnsigned(first, last) <= 0;
    return isRange && first != null && last != null
        ? Optional.of(new IpPattern(first, last))
        : Optional.empty();
  }

  private static Optional<IpPattern> network(byte @Nullable [] address, String prefix) {
    if (address == null || !isPrefixLength(prefix)) {
      return Optional.empty();
    }
    int prefixBits = Integer.parseInt(prefix);
    if (prefixBits > 8 * address.length) {
      return Optional.empty();
    }
    byte[] first = address.clone();
    byte[] last = address.clone();
    for (int bit = prefixBits; bit < 8 * address.length; bit++) {
      int mask = 0x80 >> (bit & 7);
      first[bit >> 3] = (byte) (first[bit >> 3] & ~mask);
      last[bit >> 3] = (byte) (last[bit >> 3] | mask);
    }
    return Optional.of(new IpPattern(first, last));
  }

  private static boolean isPrefixLength(String prefix) {
    boolean isShort = !prefix.isEmpty() && prefix.length() <= 3;
    boolean hasLeadingZero = prefix.length() > 1 && prefix.charAt(0) == '0';
    return isShort && !hasLeadingZero && prefix.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** Whether a text is an address that belongs to the pattern. */
  public boolean matches(String text) {
    byte[] address = IpAddressText.parse(text);
    return address != null && contains(address);
  }

  /** As {@link #matches(String)}, of digits, letters, colons and dots {@code [start, end)}. */
  public boolean matches(byte[] bytes, int start, int end) {
    boolean isOfIpv4 = first.length == IpAddressText.V4_BYTES;
    if (holdsColon(bytes, start, end) == isOfIpv4) {
      return false; // of the other kind
    }
    if (!isOfIpv4) {
      return matches(new String(bytes, start, end - start, StandardCharsets.ISO_8859_1));
    }
    long address = IpAddressText.readV4(bytes, start, end);
    return address >= 0 && address >= number(first) && address <= number(last);
  }

  private static boolean holdsColon(byte[] bytes, int start, int end) {
    for (int at = start; at < end; at++) {
      if (bytes[at] == ':') {
        return true;
      }
    }
    return false;
  }

  private static long number(byte[] v4) {
    return (v4[0] & 0xffL) << 24 | (v4[1] & 0xff) << 16 | (v4[2] & 0xff) << 8 | (v4[3] & 0xff);
  }

  /**
   * {@code address} has 4 or 16 bytes; an IPv4 address never belongs to an IPv6 pattern, nor the
   * reverse.
   */
  public boolean contains(byte[] address) {
    return address.length == first.length
        && Arrays.compareUnsigned(first, address) <= 0
        && Arrays.compareUnsigned(address, last) <= 0;
  }
}
