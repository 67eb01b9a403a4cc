package dev.skald.logql.syntax;

/**
 * A place in a text that knows its line and column. Lines end at {@code \n}; columns count
 * characters from 1.
 */
final class TextCursor {
  /** What {@link #peek} gives past the end. */
  static final int END = -1;

  private final String text;
  private int index;
  private int line = 1;
  private int column = 1;

  TextCursor(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  int index() {
    return index;
  }

  Token.Position position() {
    return new Token.Position(line, column);
  }

  boolean atEnd() {
    return index >= text.length();
  }

  /** The character here, or {@link #END}. */
  int peek() {
    return atEnd() ? END : text.codePointAt(index);
  }

  boolean looksAt(String words) {
    return text.startsWith(words, index);
  }

  void advance() {
    int c = text.codePointAt(index);
    index += Character.charCount(c);
    if (c == '\n') {
      line++;
      column = 1;
    } else {
      column++;
    }
  }

  void advanceTo(int target) {
    while (index < target) {
      advance();
    }
  }

  /** The text from {@code start} to here. */
  String since(int start) {
    return text.substring(start, index);
  }
}
