package dev.skald.logql.syntax;

/** What a token is (spec logql.md 2). */
enum TokenKind {
  IDENTIFIER("IDENTIFIER"),
  STRING("STRING"),
  NUMBER("NUMBER"),
  DURATION("DURATION"),
  BYTES("BYTES"),
  RANGE("RANGE"),
  FUNCTION_FLAG("FUNCTION_FLAG"),

  EQUAL("="),
  REGEX("=~"),
  NOT_REGEX("!~"),
  NOT_PATTERN("!>"),
  OPEN_BRACE("{"),
  CLOSE_BRACE("}"),
  COMMA(","),
  DOT("."),
  PIPE_REGEX("|~"),
  PIPE_EXACT("|="),
  PIPE_PATTERN("|>"),
  OPEN_PARENTHESIS("("),
  CLOSE_PARENTHESIS(")"),

  BY("by"),
  WITHOUT("without"),
  BOOL("bool"),
  OFFSET("offset"),
  ON("on"),
  IGNORING("ignoring"),
  GROUP_LEFT("group_left"),
  GROUP_RIGHT("group_right"),

  PIPE("|"),
  JSON("json"),
  REGEXP("regexp"),
  LOGFMT("logfmt"),
  UNPACK("unpack"),
  PATTERN("pattern"),
  LABEL_FORMAT("label_format"),
  LINE_FORMAT("line_format"),
  DECOLORIZE("decolorize"),
  DROP("drop"),
  KEEP("keep"),
  UNWRAP("unwrap"),

  /** {@code bytes}, {@code duration}, {@code duration_seconds} before a parenthesis. */
  CONVERSION("CONV"),
  /** {@code rate} and its like before a parenthesis. */
  RANGE_FUNCTION("RANGE_FUNCTION"),
  /** {@code sum} and its like before a parenthesis or a grouping. */
  VECTOR_OPERATOR("VECTOR_OPERATOR"),
  IP("ip"),
  VECTOR("VECTOR"),
  LABEL_REPLACE("LABEL_REPLACE"),
  VARIANTS("variants"),
  OF("of"),

  OR("or"),
  AND("and"),
  UNLESS("unless"),
  COMPARE_EQUAL("=="),
  NOT_EQUAL("!="),
  GREATER(">"),
  GREATER_OR_EQUAL(">="),
  LESS("<"),
  LESS_OR_EQUAL("<="),
  ADD("+"),
  SUBTRACT("-"),
  MULTIPLY("*"),
  DIVIDE("/"),
  MODULO("%"),
  POWER("^"),

  /** LogQL has no use for it; the messages call it an identifier. */
  SEMICOLON("IDENTIFIER"),

  /** A character that begins no token; the messages call it an identifier. */
  STRAY("IDENTIFIER"),
  /** The text cannot be cut into tokens from here on; the token's value says why. */
  FAULT("FAULT"),
  END("$end");

  private final String spelling;

  TokenKind(String spelling) {
    this.spelling = spelling;
  }

  /** How error messages write it. */
  String spelling() {
    return spelling;
  }
}
