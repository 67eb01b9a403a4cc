package dev.skald.logql.template;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a template into tokens, as Go's text/template/parse does; the last one is the end of the
 * text or an error. Trim marks take effect here, comments vanish here.
 */
final class TemplateLexer {
  private static final String LEFT = "{{";
  private static final String RIGHT = "}}";
  private static final String LEFT_COMMENT = "/*";
  private static final String RIGHT_COMMENT = "*/";

  /** A blank and a hyphen. */
  private static final int TRIM_MARK_CHARS = 2;

  private static final int END = -1;

  private final String input;
  private final List<Token> tokens = new ArrayList<>();
  private int start;
  private int startLine = 1;
  private int position;
  private int line = 1;
  private int parenDepth;
  private boolean done;

  private TemplateLexer(String input) {
    this.input = input;
  }

  static List<Token> tokens(String input) {
    TemplateLexer lexer = new TemplateLexer(input);
    boolean inside = false;
    while (!lexer.done) {
      inside = inside ? lexer.insideAction() : lexer.outside();
    }
    return lexer.tokens;
  }

  /** Text up to the next action, and the delimiter. Returns whether an action starts. */
  private boolean outside() {
    int delimiter = input.indexOf(LEFT, position);
    if (delimiter < 0) {
      position = input.length();
      if (position > start) {
        emit(Token.Kind.TEXT);
      }
      emit(Token.Kind.END_OF_TEXT);
      done = true;
      return false;
    }
    if (delimiter > position) {
      int end = delimiter;
      if (hasLeftTrimMark(delimiter + LEFT.length())) {
        while (end > start && isSpace(input.charAt(end - 1))) {
          end--;
        }
      }
      position = end;
      if (position > start) {
        emit(Token.Kind.TEXT);
      }
      position = delimiter;
      ignore();
    }
    return leftDelimiter();
  }

  private boolean leftDelimiter() {
    position += LEFT.length();
    int afterMark = hasLeftTrimMark(position) ? TRIM_MARK_CHARS : 0;
    if (input.startsWith(LEFT_COMMENT, position + afterMark)) {
      position += afterMark;
      ignore();
      comment();
      return false;
    }
    emit(Token.Kind.LEFT_DELIMITER);
    position += afterMark;
    ignore();
    parenDepth = 0;
    return true;
  }

  private void comment() {
    int end = input.indexOf(RIGHT_COMMENT, position + LEFT_COMMENT.length());
    if (end < 0) {
      error("unclosed comment");
      return;
    }
    position = end + RIGHT_COMMENT.length();
    if (!atRightDelimiter()) {
      error("comment ends before closing delimiter");
      return;
    }
    skipRightDelimiter();
    ignore();
  }

  /** One token of an action. Returns whether the action goes on. */
  private boolean insideAction() {
    if (atRightDelimiter()) {
      if (parenDepth == 0) {
        return rightDelimiter();
      }
      return error("unclosed left paren");
    }
    int c = next();
    switch (c) {
      case END -> error("unclosed action");
      case ' ', '\t', '\r', '\n' -> {
        return space();
      }
      case '=' -> emit(Token.Kind.ASSIGN);
      case ':' -> {
        if (next() != '=') {
          return error("expected :=");
        }
        emit(Token.Kind.DECLARE);
      }
      case '|' -> emit(Token.Kind.PIPE);
      case '"' -> quote();
      case '`' -> rawQuote();
      case '$' -> variable();
      case '\'' -> characterConstant();
      case '(' -> {
        parenDepth++;
        emit(Token.Kind.LEFT_PAREN);
      }
      case ')' -> {
        parenDepth--;
        if (parenDepth < 0) {
          return error("unexpected right paren");
        }
        emit(Token.Kind.RIGHT_PAREN);
      }
      default -> other(c);
    }
    return true;
  }

  private void other(int c) {
    boolean digitFollows = position < input.length() && isDigit(input.charAt(position));
    if (c == '.' && position < input.length() && !digitFollows) {
      fieldOrVariable(Token.Kind.FIELD, Token.Kind.DOT);
    } else if (c == '.' || c == '+' || c == '-' || isDigit(c)) {
      position = start;
      number();
    } else if (isAlphanumeric(c)) {
      identifier();
    } else if (c > 0x20 && c < 0x7f) {
      emit(Token.Kind.OTHER);
    } else {
      error("unrecognized character in action: " + GoQuote.unicodePoint(c, true));
    }
  }

  private boolean rightDelimiter() {
    if (hasRightTrimMark()) {
      position += TRIM_MARK_CHARS;
      ignore();
      position += RIGHT.length();
      emit(Token.Kind.RIGHT_DELIMITER);
      skipSpaces();
      ignore();
    } else {
      position += RIGHT.length();
      emit(Token.Kind.RIGHT_DELIMITER);
    }
    return false;
  }

  private boolean space() {
    skipSpaces();
    // The last blank may belong to a trim mark.
    position--;
    if (hasRightTrimMark()) {
      if (position == start) {
        return rightDelimiter();
      }
    } else {
      position++;
    }
    emit(Token.Kind.SPACE);
    return true;
  }

  private void identifier() {
    while (isAlphanumeric(peek())) {
      next();
    }
    String word = input.substring(start, position);
    if (!atTerminator()) {
      int bad = next();
      error("bad character " + GoQuote.unicodePoint(bad, true));
      return;
    }
    Token.Kind keyword = Token.Kind.ofWord(word);
    emit(keyword == null ? Token.Kind.IDENTIFIER : keyword);
  }

  private void variable() {
    fieldOrVariable(Token.Kind.VARIABLE, Token.Kind.VARIABLE);
  }

  private void fieldOrVariable(Token.Kind kind, Token.Kind alone) {
    if (atTerminator()) {
      emit(alone);
      return;
    }
    while (isAlphanumeric(peek())) {
      next();
    }
    if (!atTerminator()) {
      error("bad character " + GoQuote.unicodePoint(next(), true));
      return;
    }
    emit(kind);
  }

  private void quote() {
    if (!skipQuoted('"')) {
      error("unterminated quoted string");
      return;
    }
    emit(Token.Kind.STRING);
  }

  private void characterConstant() {
    if (!skipQuoted('\'')) {
      error("unterminated character constant");
      return;
    }
    emit(Token.Kind.CHARACTER_CONSTANT);
  }

  /** Up to and with the closing mark; false when the line or the text ends first. */
  private boolean skipQuoted(char mark) {
    while (true) {
      int c = next();
      if (c == '\\') {
        c = next();
        if (c != END && c != '\n') {
          continue;
        }
      }
      if (c == END || c == '\n') {
        return false;
      }
      if (c == mark) {
        return true;
      }
    }
  }

  private void rawQuote() {
    int end = input.indexOf('`', position);
    if (end < 0) {
      error("unterminated raw quoted string");
      return;
    }
    position = end + 1;
    emit(Token.Kind.RAW_STRING);
  }

  private void number() {
    if (!scanNumber()) {
      error("bad number syntax: " + GoQuote.quote(input.substring(start, position)));
      return;
    }
    if (peek() == '+' || peek() == '-') {
      if (!scanNumber() || input.charAt(position - 1) != 'i') {
        error("bad number syntax: " + GoQuote.quote(input.substring(start, position)));
        return;
      }
      emit(Token.Kind.COMPLEX);
      return;
    }
    emit(Token.Kind.NUMBER);
  }

  /** A superset of Go's numbers; what does not convert is found by the parser. */
  private boolean scanNumber() {
    accept("+-");
    String digits = "0123456789_";
    boolean hexadecimal = false;
    if (accept("0")) {
      if (accept("xX")) {
        digits = "0123456789abcdefABCDEF_";
        hexadecimal = true;
      } else if (accept("oO")) {
        digits = "01234567_";
      } else if (accept("bB")) {
        digits = "01_";
      }
    }
    boolean decimal = digits.length() == 11;
    acceptAll(digits);
    if (accept(".")) {
      acceptAll(digits);
    }
    if ((decimal && accept("eE")) || (hexadecimal && accept("pP"))) {
      accept("+-");
      acceptAll("0123456789_");
    }
    accept("i");
    if (isAlphanumeric(peek())) {
      next();
      return false;
    }
    return true;
  }

  private boolean accept(String characters) {
    if (position < input.length() && characters.indexOf(input.charAt(position)) >= 0) {
      position++;
      return true;
    }
    return false;
  }

  private void acceptAll(String characters) {
    while (accept(characters)) {
      // accept moves on
    }
  }

  private boolean atTerminator() {
    int c = peek();
    return switch (c) {
      case END, ' ', '\t', '\r', '\n', '.', ',', '|', ':', ')', '(' -> true;
      default -> input.startsWith(RIGHT, position);
    };
  }

  private boolean atRightDelimiter() {
    return hasRightTrimMark() || input.startsWith(RIGHT, position);
  }

  private void skipRightDelimiter() {
    boolean trims = hasRightTrimMark();
    position += (trims ? TRIM_MARK_CHARS : 0) + RIGHT.length();
    if (trims) {
      skipSpaces();
    }
  }

  private boolean hasLeftTrimMark(int at) {
    return at + 1 < input.length() && input.charAt(at) == '-' && isSpace(input.charAt(at + 1));
  }

  private boolean hasRightTrimMark() {
    return position + 1 < input.length()
        && isSpace(input.charAt(position))
        && input.charAt(position + 1) == '-'
        && input.startsWith(RIGHT, position + TRIM_MARK_CHARS);
  }

  private void skipSpaces() {
    while (position < input.length() && isSpace(input.charAt(position))) {
      position++;
    }
  }

  private int next() {
    if (position >= input.length()) {
      return END;
    }
    int c = input.codePointAt(position);
    position += Character.charCount(c);
    return c;
  }

  private int peek() {
    return position >= input.length() ? END : input.codePointAt(position);
  }

  private void emit(Token.Kind kind) {
    tokens.add(new Token(kind, start, input.substring(start, position), startLine));
    ignore();
  }

  /** Ends the tokens. Returns true so that callers inside an action can pass it on. */
  private boolean error(String message) {
    tokens.add(new Token(Token.Kind.ERROR, start, message, startLine));
    done = true;
    return true;
  }

  private void ignore() {
    for (int i = start; i < position; i++) {
      if (input.charAt(i) == '\n') {
        line++;
      }
    }
    start = position;
    startLine = line;
  }

  private static boolean isSpace(int c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isAlphanumeric(int c) {
    return c == '_' || (c != END && (Character.isLetter(c) || Character.isDigit(c)));
  }
}
