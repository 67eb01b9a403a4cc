package dev.skald.logql.syntax;

import dev.skald.logql.syntax.Token.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Cuts a query into tokens (spec logql.md 2). Never throws: where the text cannot be cut the list
 * ends with a FAULT, which the parser reports if it gets that far; otherwise it ends with END.
 */
final class Lexer {
  private static final String DURATION_CHARACTERS = "nu\u00b5\u03bcmshdwy0123456789.";
  private static final String BYTES_CHARACTERS = "BikKMGT";
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private final TextCursor in;
  private final List<Token> tokens = new ArrayList<>();

  /** Index of the first character that no query may hold, or the text's length. */
  private final int badIndex;

  private Lexer(String text) {
    this.in = new TextCursor(text);
    this.badIndex = firstBad(text);
  }

  static List<Token> tokens(String text) {
    Lexer lexer = new Lexer(text);
    lexer.run();
    return lexer.tokens;
  }

  private static int firstBad(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isPair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (isPair) {
        i++;
      } else if (c == 0 || Character.isSurrogate(c)) {
        return i;
      }
    }
    return text.length();
  }

  private void run() {
    if (in.peek() == BYTE_ORDER_MARK) {
      in.advance();
    }
    Token last;
    do {
      last = next();
      tokens.add(last);
    } while (last.kind() != TokenKind.END && last.kind() != TokenKind.FAULT);
  }

  private Token next() {
    int blankFrom = in.index();
    try {
      skipBlanks();
    } catch (QuotedText.BadString e) {
      return fault(in.position(), in.index(), String.valueOf(e.getMessage()));
    }
    if (in.index() >= badIndex && badIndex < in.text().length()) {
      return fault(blankFrom == 0 ? new Position(0, 0) : staleColumn(), in.index(), badMessage());
    }
    Position position = in.index() == 0 && in.atEnd() ? new Position(0, 0) : in.position();
    int start = in.index();
    Token token = in.atEnd() ? token(TokenKind.END, "", 0, position, start) : word(position, start);
    // the character behind a token is looked at before the token is handed over
    return token.kind() != TokenKind.FAULT
            && token.span().end() >= badIndex
            && badIndex < in.text().length()
        ? fault(position, start, badMessage())
        : token;
  }

  private Position staleColumn() {
    return new Position(0, tokens.isEmpty() ? 0 : tokens.getLast().position().column());
  }

  private String badMessage() {
    return in.text().charAt(badIndex) == 0 ? "invalid character NUL" : "invalid UTF-8 encoding";
  }

  private void skipBlanks() throws QuotedText.BadString {
    while (!in.atEnd()) {
      int c = in.peek();
      if (isBlank(c)) {
        in.advance();
      } else if (c == '#' || in.looksAt("//")) {
        while (!in.atEnd() && in.peek() != '\n') {
          in.advance();
        }
      } else if (in.looksAt("/*")) {
        int end = in.text().indexOf("*/", in.index() + 2);
        if (end < 0) {
          throw new QuotedText.BadString("comment not terminated");
        }
        in.advanceTo(end + 2);
      } else {
        return;
      }
    }
  }

  private static boolean isBlank(int c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  private Token word(Position position, int start) {
    int c = in.peek();
    if (isDigit(c) || (c == '.' && isDigit(charAt(start + 1)))) {
      return number(position, start);
    }
    if (c == '_' || Character.isLetter(c)) {
      return identifier(position, start);
    }
    return switch (c) {
      case '"', '\'', '`' -> quoted(position, start, (char) c);
      case '[' -> range(position, start);
      case '-' -> minus(position, start);
      default -> operator(position, start);
    };
  }

  private Token identifier(Position position, int start) {
    while (!in.atEnd() && isIdentifierPart(in.peek())) {
      in.advance();
    }
    String word = in.since(start);
    TokenKind kind =
        Words.isFunction(word) && isCalled() ? Words.called(word) : Words.reserved(word);
    return switch (kind) {
      case RANGE_FUNCTION, VECTOR_OPERATOR, CONVERSION ->
          token(kind, Words.lower(word), 0, position, start);
      default -> token(kind, word, 0, position, start);
    };
  }

  /** Whether a parenthesis follows, or {@code by}/{@code without} and then a parenthesis. */
  private boolean isCalled() {
    int i = skipBlanksFrom(in.index());
    int wordEnd = i;
    while (wordEnd < in.text().length() && isIdentifierPart(in.text().codePointAt(wordEnd))) {
      wordEnd += Character.charCount(in.text().codePointAt(wordEnd));
    }
    String following = Words.lower(in.text().substring(i, wordEnd));
    if (following.equals("by") || following.equals("without")) {
      i = skipBlanksFrom(wordEnd);
    }
    return charAt(i) == '(';
  }

  private int skipBlanksFrom(int from) {
    int i = from;
    while (isBlank(charAt(i))) {
      i++;
    }
    return i;
  }

  private Token number(Position position, int start) {
    NumberScan.Found found = NumberScan.at(in.text(), start);
    in.advanceTo(found.end());
    if (found.fault() != null) {
      return fault(position, start, found.fault());
    }
    String number = in.since(start);
    int durationEnd = runOf(DURATION_CHARACTERS, in.index());
    if (durationEnd > in.index()) {
      OptionalLong nanos = DurationText.parse(in.text().substring(start, durationEnd));
      if (nanos.isPresent()) {
        in.advanceTo(durationEnd);
        return token(TokenKind.DURATION, "", nanos.getAsLong(), position.withoutLine(), start);
      }
    }
    int bytesEnd = runOf(BYTES_CHARACTERS, in.index());
    OptionalLong bytes = ByteSizeText.parse(number, in.text().substring(in.index(), bytesEnd));
    if (bytes.isPresent()) {
      in.advanceTo(bytesEnd);
      return token(TokenKind.BYTES, "", bytes.getAsLong(), position.withoutLine(), start);
    }
    return token(TokenKind.NUMBER, number, 0, position, start);
  }

  /** A flag, a negative duration, or the operator. */
  private Token minus(Position position, int start) {
    for (Stage.LogfmtFlag flag : Stage.LogfmtFlag.values()) {
      int end = start + flag.text().length();
      if (in.looksAt(flag.text()) && !isIdentifierPart(charAt(end)) && charAt(end) != '-') {
        in.advanceTo(end);
        return token(TokenKind.FUNCTION_FLAG, flag.text(), 0, position.withoutLine(), start);
      }
    }
    int end = runOf(DURATION_CHARACTERS, start + 1);
    OptionalLong nanos =
        isDigit(charAt(start + 1)) || charAt(start + 1) == '.'
            ? DurationText.parseGo(in.text().substring(start, end))
            : OptionalLong.empty();
    if (nanos.isPresent()) {
      in.advanceTo(end);
      return token(TokenKind.DURATION, "", nanos.getAsLong(), position.withoutLine(), start);
    }
    return operator(position, start);
  }

  private int runOf(String characters, int from) {
    int i = from;
    while (i < in.text().length() && characters.indexOf(in.text().charAt(i)) >= 0) {
      i++;
    }
    return i;
  }

  private Token quoted(Position position, int start, char quote) {
    try {
      if (quote == '`') {
        int end = in.text().indexOf('`', start + 1);
        if (end < 0) {
          throw new QuotedText.BadString("literal not terminated");
        }
        in.advanceTo(end + 1);
        String raw = in.text().substring(start + 1, end).replace("\r", "");
        return token(TokenKind.STRING, raw, 0, position, start);
      }
      QuotedText.Extent extent = QuotedText.measure(in.text(), start);
      in.advanceTo(extent.end());
      if (quote == '"') {
        String content = QuotedText.unquote(in.since(start));
        return token(TokenKind.STRING, content, 0, position, start);
      }
      if (extent.characters() != 1) {
        throw new QuotedText.BadString("invalid char literal");
      }
      return token(TokenKind.STRAY, "", 0, position, start);
    } catch (QuotedText.BadString e) {
      return fault(position, start, String.valueOf(e.getMessage()));
    }
  }

  private Token range(Position position, int start) {
    Position withoutLine = position.withoutLine();
    int end = in.text().indexOf(']', start);
    if (end < 0) {
      return fault(withoutLine, start, "missing closing ']' in duration");
    }
    try {
      long nanos = DurationText.parsePrometheus(in.text().substring(start + 1, end));
      in.advanceTo(end + 1);
      return token(TokenKind.RANGE, "", nanos, withoutLine, start);
    } catch (NumberFormatException e) {
      return fault(withoutLine, start, String.valueOf(e.getMessage()));
    }
  }

  private Token operator(Position position, int start) {
    TokenKind two = twoCharacterOperator(charAt(start), charAt(start + 1));
    if (two != TokenKind.STRAY) {
      in.advanceTo(start + 2);
      return token(two, "", 0, position.withoutLine(), start);
    }
    TokenKind one = oneCharacterOperator(in.peek());
    in.advance();
    return token(one, "", 0, position, start);
  }

  private static TokenKind twoCharacterOperator(char first, char second) {
    return switch (first) {
      case '=' ->
          second == '='
              ? TokenKind.COMPARE_EQUAL
              : second == '~' ? TokenKind.REGEX : TokenKind.STRAY;
      case '!' ->
          switch (second) {
            case '=' -> TokenKind.NOT_EQUAL;
            case '~' -> TokenKind.NOT_REGEX;
            case '>' -> TokenKind.NOT_PATTERN;
            default -> TokenKind.STRAY;
          };
      case '|' ->
          switch (second) {
            case '=' -> TokenKind.PIPE_EXACT;
            case '~' -> TokenKind.PIPE_REGEX;
            case '>' -> TokenKind.PIPE_PATTERN;
            default -> TokenKind.STRAY;
          };
      case '>' -> second == '=' ? TokenKind.GREATER_OR_EQUAL : TokenKind.STRAY;
      case '<' -> second == '=' ? TokenKind.LESS_OR_EQUAL : TokenKind.STRAY;
      default -> TokenKind.STRAY;
    };
  }

  private static TokenKind oneCharacterOperator(int c) {
    return switch (c) {
      case ',' -> TokenKind.COMMA;
      case '.' -> TokenKind.DOT;
      case '{' -> TokenKind.OPEN_BRACE;
      case '}' -> TokenKind.CLOSE_BRACE;
      case '(' -> TokenKind.OPEN_PARENTHESIS;
      case ')' -> TokenKind.CLOSE_PARENTHESIS;
      case '=' -> TokenKind.EQUAL;
      case '|' -> TokenKind.PIPE;
      case '>' -> TokenKind.GREATER;
      case '<' -> TokenKind.LESS;
      case '+' -> TokenKind.ADD;
      case '-' -> TokenKind.SUBTRACT;
      case '*' -> TokenKind.MULTIPLY;
      case '/' -> TokenKind.DIVIDE;
      case '%' -> TokenKind.MODULO;
      case '^' -> TokenKind.POWER;
      case ';' -> TokenKind.SEMICOLON;
      default -> TokenKind.STRAY;
    };
  }

  private Token token(TokenKind kind, String value, long number, Position position, int start) {
    return new Token(kind, value, number, position, new Span(start, in.index()));
  }

  private Token fault(Position position, int start, String message) {
    return new Token(TokenKind.FAULT, message, 0, position, new Span(start, in.text().length()));
  }

  private char charAt(int index) {
    return index < in.text().length() ? in.text().charAt(index) : 0;
  }

  private static boolean isIdentifierPart(int c) {
    return c == '_' || Character.isLetter(c) || Character.isDigit(c);
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
