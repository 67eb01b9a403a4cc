package dev.skald.logql.syntax;

import java.util.List;

/** The tokens of a query, read from front to back, and the errors that point at them. */
final class TokenReader {
  /**
   * How many levels the parser descends. A level of a tree costs two at most: its parentheses and
   * its right side, or a function and its argument; so the printed form of any tree that {@link
   * Height} lets pass can be parsed.
   */
  static final int LEVELS_MAX = 2 * Height.MAX + 20;

  private final List<Token> tokens;
  private int index;
  private int depth;

  TokenReader(List<Token> tokens) {
    this.tokens = tokens;
  }

  /** The kind of the next token. */
  TokenKind kind() {
    return peek().kind();
  }

  boolean at(TokenKind kind) {
    return kind() == kind;
  }

  /** Whether the next token has kind {@code first} and the one behind it {@code second}. */
  boolean at(TokenKind first, TokenKind second) {
    return at(first) && tokens.get(index + 1).kind() == second;
  }

  /** The kind of the token {@code ahead} places behind the next one; END or FAULT past the last. */
  TokenKind kindAt(int ahead) {
    return tokens.get(Math.min(index + ahead, tokens.size() - 1)).kind();
  }

  /** Whether the token {@code ahead} places behind the next one is that word, in any case. */
  boolean isWordAt(int ahead, String word) {
    return kindAt(ahead) == TokenKind.IDENTIFIER
        && Words.lower(tokens.get(index + ahead).value()).equals(word);
  }

  /**
   * The next token, not taken.
   *
   * @throws LogqlSyntaxException if the text cannot be cut into tokens here
   */
  Token peek() {
    Token token = tokens.get(index);
    if (token.kind() == TokenKind.FAULT) {
      throw token.position().error(token.value());
    }
    return token;
  }

  /** The token {@code ahead} places behind the next one, which {@link #kindAt} has shown. */
  Token peek(int ahead) {
    return tokens.get(index + ahead);
  }

  /** Takes the next token. END is never passed. */
  Token next() {
    Token token = peek();
    if (token.kind() != TokenKind.END) {
      index++;
    }
    return token;
  }

  boolean skip(TokenKind kind) {
    if (!at(kind)) {
      return false;
    }
    next();
    return true;
  }

  /** Takes a token of that kind, the only one that may stand here. */
  Token expect(TokenKind kind) {
    if (!at(kind)) {
      throw unexpected(kind);
    }
    return next();
  }

  /** Where the next token starts. */
  int start() {
    return peek().span().start();
  }

  /** From {@code start} to the end of the token taken last. */
  Span spanFrom(int start) {
    return new Span(start, index == 0 ? start : tokens.get(index - 1).span().end());
  }

  /**
   * The error that the next token does not belong here.
   *
   * @param expected what may stand here, in the reference's order; none where that is more than
   * four kinds
   */
  LogqlSyntaxException unexpected(TokenKind... expected) {
    Token token = peek();
    StringBuilder message = new StringBuilder("syntax error: unexpected ").append(token.spelling());
    String separator = ", expecting ";
    for (TokenKind kind : expected) {
      message.append(separator).append(kind.spelling());
      separator = " or ";
    }
    return token.position().error(message.toString());
  }

  /** Opens one level of nesting; closed by {@link #leave}. */
  void enter() {
    if (++depth > LEVELS_MAX) {
      throw peek().position().error("query nested too deeply: max=" + LEVELS_MAX);
    }
  }

  void leave() {
    depth--;
  }

  /** Levels open now, for {@link #leaveTo}. */
  int depth() {
    return depth;
  }

  void leaveTo(int outerDepth) {
    depth = outerDepth;
  }
}
