package dev.skald.logql.pipeline;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.syntax.IpPattern;

/**
 * Finds addresses of a network in text (spec logql.md 6.1.1). The pattern is an address, a CIDR
 * block or a range of addresses, of IPv4 or IPv6. Immutable; shared by threads.
 */
final class IpFilter implements LineTest {
  /** The shortest IPv4 address, {@code 0.0.0.0}, is longer; text this short holds none. */
  private static final int IPV4_BYTES_MIN = 4;

  // What a byte may be in an address.
  private static final int DIGIT = 1;

  /** A to F. */
  private static final int LETTER = 2;

  private static final int COLON = 4;
  private static final int DOT = 8;
  private static final int BEGINS = DIGIT | LETTER | COLON;

  /** An address has a dot or a colon no further from its beginning than that. */
  private static final int HEAD_BYTES_MAX = 4;

  private static final byte[] KINDS = kinds();

  private final IpPattern addresses;

  private IpFilter(IpPattern addresses) {
    this.addresses = addresses;
  }

  private static byte[] kinds() {
    byte[] kinds = new byte[256];
    "0123456789".chars().forEach(c -> kinds[c] = DIGIT);
    "abcdefABCDEF".chars().forEach(c -> kinds[c] = LETTER);
    kinds[':'] = COLON;
    kinds['.'] = DOT;
    return kinds;
  }

  /**
   * @throws SkaldException BAD_REQUEST if it is no pattern
   */
  static IpFilter compile(String pattern) {
    return new IpFilter(
        IpPattern.parse(pattern)
            .orElseThrow(
                () ->
                    SkaldException.of(
                        ErrorKind.BAD_REQUEST, "ip: invalid pattern: \"" + pattern + "\"")));
  }

  @Override
  public boolean matches(byte[] bytes, int start, int end) {
    int at = start;
    int mark = start - 1; // the first dot or colon that is not before at
    while (true) {
      if (mark < at) {
        mark = nextMark(bytes, at, end);
      }
      if (mark == end) {
        return false;
      }
      at = Math.max(at, mark - HEAD_BYTES_MAX);
      int kind = KINDS[bytes[at] & 0xff];
      if ((kind & BEGINS) == 0) {
        at++;
        continue;
      }
      int after = at;
      if (kind == DIGIT && beginsIpv4(bytes, at, end)) {
        after = runEnd(bytes, at, end, DIGIT | DOT);
      } else if (beginsIpv6(bytes, at, end)) {
        after = runEnd(bytes, at, end, DIGIT | LETTER | COLON | DOT);
      }
      if (after == at) {
        at++;
        continue;
      }
      if (addresses.matches(bytes, at, after)) {
        return true;
      }
      at = after;
    }
  }

  private static int nextMark(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && bytes[at] != '.' && bytes[at] != ':') {
      at++;
    }
    return at;
  }

  private static boolean beginsIpv4(byte[] bytes, int at, int end) {
    return end - at >= IPV4_BYTES_MIN
        && (bytes[at + 1] == '.' || bytes[at + 2] == '.' || bytes[at + 3] == '.');
  }

  /** One to four hexadecimal digits and a colon, or two colons and a hexadecimal digit. */
  private static boolean beginsIpv6(byte[] bytes, int at, int end) {
    if (bytes[at] == ':') {
      return end - at > 2 && bytes[at + 1] == ':' && is(bytes[at + 2], DIGIT | LETTER);
    }
    int p = at + 1;
    int limit = Math.min(end, at + 4);
    while (p < limit && is(bytes[p], DIGIT | LETTER)) {
      p++;
    }
    return p < end && bytes[p] == ':';
  }

  private static int runEnd(byte[] bytes, int at, int end, int kinds) {
    int p = at;
    while (p < end && is(bytes[p], kinds)) {
      p++;
    }
    return p;
  }

  private static boolean is(byte b, int kinds) {
    return (KINDS[b & 0xff] & kinds) != 0;
  }
}
