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

  private final IpPattern addresses;

  private IpFilter(IpPattern addresses) {
    this.addresses = addresses;
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
    while (at < end) {
      int after = at;
      if (beginsIpv4(bytes, at, end)) {
        after = runEnd(bytes, at, end, false);
      } else if (beginsIpv6(bytes, at, end)) {
        after = runEnd(bytes, at, end, true);
      }
      if (after == at) {
        at++;
        continue;
      }
      if (addresses.matches(ByteSlice.text(bytes, at, after))) {
        return true;
      }
      at = after;
    }
    return false;
  }

  private static boolean beginsIpv4(byte[] bytes, int at, int end) {
    return isDigit(bytes[at])
        && end - at >= IPV4_BYTES_MIN
        && (bytes[at + 1] == '.' || bytes[at + 2] == '.' || bytes[at + 3] == '.');
  }

  /** One to four hexadecimal digits and a colon, or two colons and a hexadecimal digit. */
  private static boolean beginsIpv6(byte[] bytes, int at, int end) {
    if (bytes[at] == ':') {
      return end - at > 2 && bytes[at + 1] == ':' && isHexDigit(bytes[at + 2]);
    }
    int p = at;
    while (p < end && p - at < 4 && isHexDigit(bytes[p])) {
      p++;
    }
    return p > at && p < end && bytes[p] == ':';
  }

  private static int runEnd(byte[] bytes, int at, int end, boolean isIpv6) {
    int p = at;
    while (p < end
        && (bytes[p] == '.'
            || isDigit(bytes[p])
            || (isIpv6 && (bytes[p] == ':' || isHexDigit(bytes[p]))))) {
      p++;
    }
    return p;
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isHexDigit(byte c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }
}
