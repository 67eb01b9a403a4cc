package dev.skald.query.plain;

import com.google.re2j.Pattern;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code ip("…")}: addresses that stand somewhere in a text (spec logql.md 6.1.1). */
final class PlainAddresses {
  private static final Pattern BEGINS_V4 = Pattern.compile("(?s)[0-9](\\.|.\\.|..\\.).*");
  private static final Pattern BEGINS_V6 =
      Pattern.compile("(?s)([0-9a-fA-F]{1,4}:|::[0-9a-fA-F]).*");
  private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
  private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");

  private static final int V4_BITS = 32;
  private static final int V6_BITS = 128;
  private static final int V6_GROUPS = 8;
  private static final int V4_BYTES_MIN = 4;

  private PlainAddresses() {}

  private record Address(BigInteger number, int bits) {}

  /** Whether an address of the pattern stands in the text. */
  static boolean isIn(String pattern, String text) {
    // The scan goes by bytes; ISO 8859-1 makes each of them a character.
    String bytes = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    int at = 0;
    while (at < bytes.length()) {
      String rest = bytes.substring(at);
      boolean isV4 = rest.length() >= V4_BYTES_MIN && BEGINS_V4.matches(rest);
      boolean isV6 = !isV4 && BEGINS_V6.matches(rest);
      if (!isV4 && !isV6) {
        at++;
        continue;
      }
      String characters = isV4 ? "0123456789." : "0123456789abcdefABCDEF:.";
      int end = at;
      while (end < bytes.length() && characters.indexOf(bytes.charAt(end)) >= 0) {
        end++;
      }
      if (belongs(pattern, bytes.substring(at, end))) {
        return true;
      }
      at = end;
    }
    return false;
  }

  private static boolean belongs(String pattern, String text) {
    Address address = address(text);
    if (address == null) {
      return false;
    }
    if (pattern.contains("/")) {
      String[] parts = pattern.split("/", -1);
      Address network = address(parts[0]);
      int host = network.bits() - Integer.parseInt(parts[1]);
      return address.bits() == network.bits()
          && address.number().shiftRight(host).equals(network.number().shiftRight(host));
    }
    String[] ends =
        pattern.contains("-") ? pattern.split("-", -1) : new String[] {pattern, pattern};
    Address first = address(ends[0]);
    Address last = address(ends[1]);
    return address.bits() == first.bits()
        && address.number().compareTo(first.number()) >= 0
        && address.number().compareTo(last.number()) <= 0;
  }

  /** Null if the text is no address. */
  private static Address address(String text) {
    return text.contains(":") ? v6(text) : v4(text);
  }

  private static Address v4(String text) {
    String[] octets = text.split("\\.", -1);
    long number = 0;
    for (String octet : octets) {
      if (octets.length != 4 || !OCTET.matches(octet) || Integer.parseInt(octet) > 255) {
        return null;
      }
      number = number * 256 + Integer.parseInt(octet);
    }
    return new Address(BigInteger.valueOf(number), V4_BITS);
  }

  /** Eight groups; {@code ::} stands for groups of zero, the last two may be an IPv4 address. */
  private static Address v6(String text) {
    String written = text;
    int lastColon = text.lastIndexOf(':');
    if (text.indexOf('.', lastColon) >= 0) {
      Address v4 = v4(text.substring(lastColon + 1));
      if (v4 == null) {
        return null;
      }
      long number = v4.number().longValue();
      written =
          "%s%x:%x".formatted(text.substring(0, lastColon + 1), number >> 16, number & 0xffff);
    }
    int gap = written.indexOf("::");
    List<String> groups = new ArrayList<>(groups(gap < 0 ? written : written.substring(0, gap)));
    if (gap >= 0) {
      List<String> tail = groups(written.substring(gap + 2));
      int zeros = V6_GROUPS - groups.size() - tail.size();
      if (zeros < 1) {
        return null;
      }
      groups.addAll(java.util.Collections.nCopies(zeros, "0"));
      groups.addAll(tail);
    }
    BigInteger number = BigInteger.ZERO;
    for (String group : groups) {
      if (groups.size() != V6_GROUPS || !GROUP.matches(group)) {
        return null;
      }
      number = number.shiftLeft(16).add(new BigInteger(group, 16));
    }
    return groups.isEmpty() ? null : new Address(number, V6_BITS);
  }

  private static List<String> groups(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(":", -1));
  }
}
