package dev.skald.logql.template;

import java.util.List;

/** Reads tokens forwards and, where the grammar needs it, backwards. */
final class TokenCursor {
  private final List<Token> tokens;
  private int position;

  /** The last token that was looked at: its line is the line of a message. */
  private int furthest;

  TokenCursor(List<Token> tokens) {
    this.tokens = tokens;
  }

  /** The last token comes again and again. */
  Token next() {
    Token token = peek();
    position++;
    return token;
  }

  Token peek() {
    int index = Math.min(position, tokens.size() - 1);
    furthest = Math.max(furthest, index);
    return tokens.get(index);
  }

  Token nextNotSpace() {
    skipSpace();
    return next();
  }

  Token peekNotSpace() {
    skipSpace();
    return peek();
  }

  int position() {
    return position;
  }

  void moveTo(int earlier) {
    position = earlier;
  }

  int line() {
    return tokens.get(furthest).line();
  }

  private void skipSpace() {
    while (peek().kind() == Token.Kind.SPACE) {
      position++;
    }
  }
}
