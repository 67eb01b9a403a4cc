package dev.skald.logql.template;

/**
 * Where a template writes: a text that cannot grow beyond a number of bytes. To be used again after
 * {@link #clear}; one thread at a time.
 *
 * <p>Go's strings are bytes, and functions may cut a character. Inside this room a byte that is no
 * part of a character is the lone surrogate U+DC80 … U+DCFF ({@link GoStrings}); {@link #text} puts
 * neighbours together again and shows what is still broken as U+FFFD, one for each byte.
 */
public final class TemplateOutput {
  private final int bytesMax;
  private final StringBuilder text = new StringBuilder();
  private int bytes;
  private boolean hasStrayBytes;

  /**
   * @param bytesMax most bytes of UTF-8 that one execution may write, and that any single text on
   *     the way there may have
   */
  public TemplateOutput(int bytesMax) {
    if (bytesMax < 0) {
      throw new IllegalArgumentException("negative limit: bytesMax=" + bytesMax);
    }
    this.bytesMax = bytesMax;
  }

  public int bytesMax() {
    return bytesMax;
  }

  /** Length of the text in bytes of UTF-8; stray bytes count one each. */
  public int bytes() {
    return bytes;
  }

  public void clear() {
    text.setLength(0);
    bytes = 0;
    hasStrayBytes = false;
  }

  /** What was written, as valid text. */
  public String text() {
    return hasStrayBytes ? GoStrings.repair(text.toString()) : text.toString();
  }

  /** What was written, with stray bytes as they are. */
  String rawText() {
    return text.toString();
  }

  void append(String piece) {
    append(piece, 0, piece.length());
  }

  /** Chars {@code [from, to)} of a piece. */
  void append(String piece, int from, int to) {
    long grown = bytes;
    for (int i = from; i < to; i++) {
      char c = piece.charAt(i);
      if (c < 0x80) {
        grown++;
      } else if (c < 0x800) {
        grown += 2;
      } else if (GoStrings.isStrayByte(c)) {
        // The low half of a pair looks the same; the pair counts four in any case.
        boolean pair = i > from && Character.isHighSurrogate(piece.charAt(i - 1));
        grown += pair ? 2 : 1;
        hasStrayBytes |= !pair;
      } else {
        grown += Character.isSurrogate(c) ? 2 : 3;
      }
    }
    requireRoom(grown);
    bytes = (int) grown;
    text.append(piece, from, to);
  }

  /** One char below 0x80. */
  void append(char ascii) {
    requireRoom(bytes + 1L);
    bytes++;
    text.append(ascii);
  }

  /** Checks the room for all before writing the first. */
  void appendRepeated(String piece, long times) {
    long pieceBytes = GoStrings.byteLength(piece);
    if (pieceBytes == 0 || times <= 0) {
      return;
    }
    if (times > bytesMax) {
      requireRoom(Long.MAX_VALUE / pieceBytes < times ? Long.MAX_VALUE : pieceBytes * times);
    }
    requireRoom(bytes + pieceBytes * times);
    for (long i = 0; i < times; i++) {
      append(piece);
    }
  }

  /** Takes back what was written since the text had this many chars and bytes. */
  void truncate(int chars, int bytesThen) {
    text.setLength(chars);
    bytes = bytesThen;
  }

  int chars() {
    return text.length();
  }

  private void requireRoom(long bytesWanted) {
    if (bytesWanted > bytesMax) {
      throw new TemplateFailure(
          "template output too long: bytes=" + bytesWanted + " max=" + bytesMax);
    }
  }
}
