package dev.skald.logql.template;

/** Where base64 text is wrong, as Go's encoding/base64 counts. */
final class GoBase64 {
  private GoBase64() {}

  /**
   * Index of the byte that Go complains about, or -1 if the text is standard base64 with padding.
   */
  static int firstFault(byte[] in) {
    int digits = 0;
    for (int i = 0; i < in.length; i++) {
      if (isLineEnd(in[i])) {
        continue;
      }
      if (isDigit(in[i])) {
        digits++;
        continue;
      }
      return in[i] == '=' ? paddingFault(in, i, digits % 4) : i;
    }
    int rest = digits % 4;
    // The group that is not full is reported from its start.
    return rest == 0 ? -1 : in.length - rest;
  }

  /** @param digits of the group before the padding */
  private static int paddingFault(byte[] in, int at, int digits) {
    if (digits < 2) {
      return at;
    }
    int next = skipLineEnds(in, at + 1);
    if (digits == 2) {
      if (next == in.length) {
        return in.length;
      }
      if (in[next] != '=') {
        return next;
      }
      next = skipLineEnds(in, next + 1);
    }
    return next < in.length ? next : -1;
  }

  private static int skipLineEnds(byte[] in, int from) {
    int i = from;
    while (i < in.length && isLineEnd(in[i])) {
      i++;
    }
    return i;
  }

  private static boolean isLineEnd(byte b) {
    return b == '\r' || b == '\n';
  }

  private static boolean isDigit(byte b) {
    return (b >= 'A' && b <= 'Z')
        || (b >= 'a' && b <= 'z')
        || (b >= '0' && b <= '9')
        || b == '+'
        || b == '/';
  }
}
