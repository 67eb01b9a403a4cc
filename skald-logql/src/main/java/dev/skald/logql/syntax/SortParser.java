package dev.skald.logql.syntax;

import java.util.ArrayList;
import java.util.List;

/** Parses {@code | sort by a desc, b} and {@code | limit 5}. */
final class SortParser {
  private final TokenReader in;

  SortParser(TokenReader in) {
    this.in = in;
  }

  /** Names a key; throws if there is no such thing. */
  @FunctionalInterface
  interface Resolver {
    Field field(Token token);
  }

  /** Sort keys of a log query: a label, or the entry's time. */
  List<SortKey> keysOfLog() {
    return keys(
        token -> {
          boolean isName = token.kind() == TokenKind.IDENTIFIER;
          return isName && isTime(token.value())
              ? new Field.EntryTime(token.value())
              : new Field.Label(token.value());
        });
  }

  /** The caller has seen {@link QueryEnd#isSort}. */
  List<SortKey> keys(Resolver resolver) {
    in.next();
    in.next();
    in.next();
    List<SortKey> keys = new ArrayList<>();
    do {
      Field field = resolver.field(name());
      SortKey.Order order = SortKey.Order.ASCENDING;
      if (in.isWordAt(0, "asc")) {
        in.next();
      } else if (in.isWordAt(0, "desc")) {
        in.next();
        order = SortKey.Order.DESCENDING;
      }
      keys.add(new SortKey(field, order));
    } while (in.skip(TokenKind.COMMA));
    return keys;
  }

  /** A name, or a text in quotes. */
  Token name() {
    if (!in.at(TokenKind.IDENTIFIER) && !in.at(TokenKind.STRING)) {
      throw in.unexpected(TokenKind.IDENTIFIER, TokenKind.STRING);
    }
    return in.next();
  }

  /** The caller has seen {@link QueryEnd#isLimit}. */
  int limit() {
    in.next();
    in.next();
    Token number = in.next();
    int limit = -1;
    try {
      limit = Integer.parseInt(number.value());
    } catch (NumberFormatException _) {
      // refused below
    }
    if (limit <= 0) {
      throw number
          .position()
          .error("not a limit between 1 and " + Integer.MAX_VALUE + ": " + number.value());
    }
    return limit;
  }

  /** Whether an unquoted name is that of the entry's time. */
  static boolean isTime(String name) {
    return name.equals("timestamp") || name.equals("__timestamp__");
  }

  /** Whether an unquoted name is that of the line. */
  static boolean isLine(String name) {
    return name.equals("line") || name.equals("__line__");
  }
}
