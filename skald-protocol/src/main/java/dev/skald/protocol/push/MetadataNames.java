package dev.skald.protocol.push;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Names of structured metadata, normalised (the page on Loki's HTTP API, section 2.5, step 6): each
 * run of signs that are neither ASCII letters nor digits becomes one {@code _}; {@code __x__} keeps
 * both double underscores; a leading digit gets {@code key_} in front. The names met last are
 * remembered: they are the same from entry to entry. One thread at a time.
 */
public final class MetadataNames {
  /** A power of two. */
  private static final int REMEMBERED = 256;

  private final byte[][] raw = new byte[REMEMBERED][];
  private final @Nullable String[] normal = new @Nullable String[REMEMBERED];

  /**
   * @throws SkaldException BAD_REQUEST if nothing of the name is left
   */
  public String normalise(byte[] bytes, int start, int end) {
    int hash = end - start;
    for (int i = start; i < end; i++) {
      hash = 31 * hash + bytes[i];
    }
    int slot = (hash ^ hash >>> 16) & (REMEMBERED - 1);
    String known = normal[slot];
    byte[] name = raw[slot];
    if (known != null && Arrays.equals(name, 0, name.length, bytes, start, end)) {
      return known;
    }
    byte[] copy = Arrays.copyOfRange(bytes, start, end);
    String made = normalise(new String(copy, java.nio.charset.StandardCharsets.UTF_8));
    raw[slot] = copy;
    normal[slot] = made;
    return made;
  }

  public static String normalise(String name) {
    if (name.isEmpty()) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, "label name is empty");
    }
    boolean wrapped = name.length() > 4 && name.startsWith("__") && name.endsWith("__");
    int start = wrapped ? 2 : 0;
    int end = name.length() - start;
    StringBuilder out = new StringBuilder(name.length() + 4);
    boolean some = false;
    for (int i = start; i < end; i++) {
      char c = name.charAt(i);
      if (isLetterOrDigit(c)) {
        out.append(c);
        some = true;
      } else if (out.isEmpty() || out.charAt(out.length() - 1) != '_') {
        out.append('_');
      }
    }
    if (!some) {
      throw SkaldException.of(
          ErrorKind.BAD_REQUEST,
          "normalization for label name \"" + name + "\" resulted in invalid name \"_\"");
    }
    if (wrapped) {
      return "__" + out + "__";
    }
    return out.charAt(0) >= '0' && out.charAt(0) <= '9' ? "key_" + out : out.toString();
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
