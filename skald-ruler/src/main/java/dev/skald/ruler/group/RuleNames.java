package dev.skald.ruler.group;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.nio.charset.StandardCharsets;

/** What may be a name: of labels and metrics as in Prometheus, of namespaces and groups what people write. */
public final class RuleNames {
  /**
   * Of a namespace, a group or a label, as UTF-8: with all its escapes it must be a key of YAML,
   * which has 1024 characters at most (YAML 1.2.2, 7.4.2).
   */
  public static final int NAME_BYTES_MAX = 500;

  private RuleNames() {}

  /**
   * Checks the name of a namespace or a group. No name is ever a path here; but others make files
   * of them, so what would leave a folder there is refused.
   *
   * @param what of messages: "namespace" or "group name"
   * @throws SkaldException BAD_REQUEST
   */
  public static void check(String what, String name) {
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > NAME_BYTES_MAX) {
      throw new SkaldException(
          ErrorKind.BAD_REQUEST, "%s too long: bytes=%d max=%d", what, bytes, NAME_BYTES_MAX);
    }
    boolean hasControls = name.chars().anyMatch(Character::isISOControl);
    if (name.isEmpty() || hasControls || !isUnicode(name)) {
      throw SkaldException.of(
          ErrorKind.BAD_REQUEST, "invalid " + what + ": must be a text without control characters");
    }
    for (String part : name.replace('\\', '/').split("/", -1)) {
      if (part.equals(".") || part.equals("..")) {
        throw SkaldException.of(
            ErrorKind.BAD_REQUEST, "invalid " + what + ": path traversal not allowed");
      }
    }
  }

  static boolean isLabel(String name) {
    return name.length() <= NAME_BYTES_MAX && isName(name, false);
  }

  static boolean isMetric(String name) {
    return isName(name, true);
  }

  private static boolean isName(String name, boolean allowsColons) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      boolean isLaterDigit = i > 0 && c >= '0' && c <= '9';
      if (!isLetter && !isLaterDigit && !(allowsColons && c == ':')) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  /** Whether a text can be said in UTF-8: no surrogate stands alone. */
  static boolean isUnicode(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }
}
