package dev.skald.grep;

import dev.skald.grep.RegexNode.Alternate;
import dev.skald.grep.RegexNode.Assertion;
import dev.skald.grep.RegexNode.Chars;
import dev.skald.grep.RegexNode.Concat;
import dev.skald.grep.RegexNode.Empty;
import dev.skald.grep.RegexNode.Group;
import dev.skald.grep.RegexNode.Literal;
import dev.skald.grep.RegexNode.Place;
import dev.skald.grep.RegexNode.Repeat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads an expression that RE2/J has accepted already (github.com/google/re2/wiki/Syntax). What is
 * rare in log queries (Unicode classes, case-insensitive letters beyond ASCII, {@code \C}) is not
 * read: such expressions stay with RE2/J.
 */
final class RegexReader {
  /** Nested groups beyond this are left to RE2/J, whose own bound is 1000. */
  private static final int DEPTH_MAX = 200;

  /** What broken UTF-8 is read as: a search for its bytes would not find it. */
  private static final int REPLACEMENT = 0xfffd;

  private final String text;
  private int at;
  private int depth;
  private boolean fold;
  private boolean multiline;
  private boolean dotAll;
  private boolean lazyFirst;
  private int groups;

  private RegexReader(String text, boolean dotAll) {
    this.text = text;
    this.dotAll = dotAll;
  }

  /** Thrown for what this reader leaves to RE2/J. */
  private static final class NotRead extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotRead() {
      super("left to RE2/J", null, false, false);
    }
  }

  /** Whether {@code .} matches a newline from the start. */
  enum Dot {
    ALL,
    NOT_NEWLINE
  }

  static Optional<RegexNode> read(String text, Dot dot) {
    RegexReader reader = new RegexReader(text, dot == Dot.ALL);
    try {
      RegexNode node = reader.alternation();
      return reader.at == text.length() ? Optional.of(node) : Optional.empty();
    } catch (NotRead e) {
      return Optional.empty();
    }
  }

  private boolean has(String expected) {
    return text.startsWith(expected, at);
  }

  private boolean take(String expected) {
    if (has(expected)) {
      at += expected.length();
      return true;
    }
    return false;
  }

  private int next() {
    if (at >= text.length()) {
      throw new NotRead();
    }
    int c = text.codePointAt(at);
    at += Character.charCount(c);
    return c;
  }

  private RegexNode alternation() {
    if (++depth > DEPTH_MAX) {
      throw new NotRead();
    }
    List<RegexNode> branches = new ArrayList<>();
    do {
      branches.add(concatenation());
    } while (take("|"));
    depth--;
    return branches.size() == 1 ? branches.getFirst() : new Alternate(branches);
  }

  private RegexNode concatenation() {
    List<RegexNode> parts = new ArrayList<>();
    while (at < text.length() && !has("|") && !has(")")) {
      if (take("\\Q")) {
        quoted(parts);
        continue;
      }
      RegexNode atom = atom();
      parts.add(repeated(atom));
    }
    return switch (parts.size()) {
      case 0 -> new Empty();
      case 1 -> parts.getFirst();
      default -> new Concat(parts);
    };
  }

  private void quoted(List<RegexNode> parts) {
    int end = text.indexOf("\\E", at);
    String literal = end < 0 ? text.substring(at) : text.substring(at, end);
    literal.codePoints().forEach(c -> parts.add(literal(c)));
    at = end < 0 ? text.length() : end + 2;
    boolean isRepeated = has("*") || has("+") || has("?") || has("{");
    if (isRepeated && !parts.isEmpty()) {
      parts.add(repeated(parts.removeLast()));
    }
  }

  private RegexNode repeated(RegexNode atom) {
    RegexNode node = atom;
    while (true) {
      int min;
      int max;
      if (take("*")) {
        min = 0;
        max = -1;
      } else if (take("+")) {
        min = 1;
        max = -1;
      } else if (take("?")) {
        min = 0;
        max = 1;
      } else {
        Optional<int[]> counts = has("{") ? counts() : Optional.empty();
        if (counts.isEmpty()) {
          return node;
        }
        min = counts.get()[0];
        max = counts.get()[1];
      }
      boolean otherWay = take("?");
      node = new Repeat(node, min, max, lazyFirst != otherWay);
    }
  }

  /** {@code {2}}, {@code {2,}}, {@code {2,5}}; anything else is text. */
  private Optional<int[]> counts() {
    int close = text.indexOf('}', at);
    String inner = close < 0 ? "" : text.substring(at + 1, close);
    int comma = inner.indexOf(',');
    String low = comma < 0 ? inner : inner.substring(0, comma);
    String high = comma < 0 ? inner : inner.substring(comma + 1);
    boolean isCount = isNumber(low) && (high.isEmpty() || isNumber(high));
    if (!isCount) {
      return Optional.empty();
    }
    at = close + 1;
    return Optional.of(
        new int[] {Integer.parseInt(low), high.isEmpty() ? -1 : Integer.parseInt(high)});
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.length() <= 4
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private RegexNode atom() {
    int c = next();
    return switch (c) {
      case '(' -> group();
      case '[' -> new Chars(new ClassReader().read());
      case '.' -> new Chars(dotAll ? CharSet.ANY : CharSet.ANY_BUT_NEWLINE);
      case '^' -> new Assertion(multiline ? Place.LINE_START : Place.TEXT_START);
      case '$' -> new Assertion(multiline ? Place.LINE_END : Place.TEXT_END);
      case '\\' -> escape();
      default -> literal(c);
    };
  }

  private RegexNode literal(int c) {
    boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    boolean isSurrogate = c >= 0xd800 && c < 0xe000;
    if ((fold && c >= 0x80) || isSurrogate || c == REPLACEMENT) {
      throw new NotRead();
    }
    return new Literal(c, fold && letter);
  }

  private RegexNode group() {
    boolean outerFold = fold;
    boolean outerMultiline = multiline;
    boolean outerDotAll = dotAll;
    boolean outerLazyFirst = lazyFirst;
    int number = 0;
    if (take("?P<") || take("?<")) {
      at = text.indexOf('>', at) + 1;
      number = ++groups;
    } else if (take("?")) {
      if (flags()) {
        return new Empty(); // (?i): for the rest of the enclosing group
      }
    } else {
      number = ++groups;
    }
    RegexNode inner = alternation();
    if (!take(")")) {
      throw new NotRead();
    }
    fold = outerFold;
    multiline = outerMultiline;
    dotAll = outerDotAll;
    lazyFirst = outerLazyFirst;
    return number == 0 ? inner : new Group(number, inner);
  }

  /** Reads {@code i-s:} or {@code i)}; true if the group ended there. */
  private boolean flags() {
    boolean on = true;
    while (true) {
      switch (next()) {
        case 'i' -> fold = on;
        case 'm' -> multiline = on;
        case 's' -> dotAll = on;
        case 'U' -> lazyFirst = on;
        case '-' -> on = false;
        case ':' -> {
          return false;
        }
        case ')' -> {
          return true;
        }
        default -> throw new NotRead();
      }
    }
  }

  private RegexNode escape() {
    int c = next();
    return switch (c) {
      case 'A' -> new Assertion(Place.TEXT_START);
      case 'z' -> new Assertion(Place.TEXT_END);
      case 'b' -> new Assertion(Place.WORD_BOUNDARY);
      case 'B' -> throw new NotRead(); // holds inside a character's bytes too
      default -> {
        Optional<CharSet> set = perlClass(c);
        yield set.isPresent() ? new Chars(foldedWord(c, set.get())) : literal(escaped(c));
      }
    };
  }

  /**
   * Of the Perl classes only those of word characters hold letters, so only they change under
   * {@code (?i)}.
   */
  private CharSet foldedWord(int name, CharSet set) {
    return switch (name) {
      case 'w' -> fold ? CharSet.WORD.foldedAscii() : set;
      case 'W' -> fold ? CharSet.WORD.foldedAscii().negated() : set;
      default -> set;
    };
  }

  private static Optional<CharSet> perlClass(int c) {
    return switch (c) {
      case 'd' -> Optional.of(CharSet.DIGIT);
      case 'D' -> Optional.of(CharSet.DIGIT.negated());
      case 's' -> Optional.of(CharSet.SPACE);
      case 'S' -> Optional.of(CharSet.SPACE.negated());
      case 'w' -> Optional.of(CharSet.WORD);
      case 'W' -> Optional.of(CharSet.WORD.negated());
      default -> Optional.empty();
    };
  }

  /** The character that an escape stands for. */
  private int escaped(int c) {
    return switch (c) {
      case 'a' -> 7;
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 0x0b;
      case 'x' -> hexadecimal();
      default -> {
        boolean plain = c < 0x80 && !Character.isLetterOrDigit(c);
        if (!plain) {
          throw new NotRead(); // octal, \p, \C
        }
        yield c;
      }
    };
  }

  private int hexadecimal() {
    int end = has("{") ? text.indexOf('}', at) : at + 2;
    int start = has("{") ? at + 1 : at;
    if (end < 0 || end > text.length()) {
      throw new NotRead();
    }
    int value = Integer.parseInt(text.substring(start, end), 16);
    at = has("{") ? end + 1 : end;
    return value;
  }

  /** Reads {@code [...]}; the bracket is taken already. */
  private final class ClassReader {
    CharSet read() {
      boolean negative = take("^");
      CharSet set = CharSet.of();
      boolean first = true;
      while (first || !has("]")) {
        set = set.plus(item());
        first = false;
      }
      take("]");
      if (fold) {
        if (!set.isAscii()) {
          throw new NotRead();
        }
        set = set.foldedAscii();
      }
      return negative ? set.negated() : set;
    }

    private CharSet item() {
      if (has("[:")) {
        return posix();
      }
      if (has("\\")) {
        at++;
        int c = next();
        Optional<CharSet> perl = perlClass(c);
        return perl.isPresent() ? perl.get() : range(escaped(c));
      }
      return range(next());
    }

    private CharSet range(int low) {
      boolean isRange = has("-") && at + 1 < text.length() && text.charAt(at + 1) != ']';
      if (!isRange) {
        return CharSet.of(low, low);
      }
      at++;
      int c = next();
      return CharSet.of(low, c == '\\' ? escaped(next()) : c);
    }

    private CharSet posix() {
      int close = text.indexOf(":]", at);
      String name = close < 0 ? "" : text.substring(at + 2, close);
      boolean negative = name.startsWith("^");
      CharSet set =
          switch (negative ? name.substring(1) : name) {
            case "alnum" -> CharSet.of('0', '9', 'A', 'Z', 'a', 'z');
            case "alpha" -> CharSet.of('A', 'Z', 'a', 'z');
            case "ascii" -> CharSet.of(0, 0x7f);
            case "blank" -> CharSet.of('\t', '\t', ' ', ' ');
            case "cntrl" -> CharSet.of(0, 0x1f, 0x7f, 0x7f);
            case "digit" -> CharSet.DIGIT;
            case "graph" -> CharSet.of('!', '~');
            case "lower" -> CharSet.of('a', 'z');
            case "print" -> CharSet.of(' ', '~');
            case "punct" -> CharSet.of('!', '/', ':', '@', '[', '`', '{', '~');
            case "space" -> CharSet.of('\t', '\r', ' ', ' ');
            case "upper" -> CharSet.of('A', 'Z');
            case "word" -> CharSet.WORD;
            case "xdigit" -> CharSet.of('0', '9', 'A', 'F', 'a', 'f');
            default -> throw new NotRead();
          };
      at = close + 2;
      return negative ? set.negated() : set;
    }
  }
}
