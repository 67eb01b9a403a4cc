package dev.skald.logql.syntax;

import dev.skald.logql.syntax.MetricExpr.Grouping;
import dev.skald.logql.syntax.MetricExpr.GroupingKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses {@code by (a, b)} and {@code without (a, b)} (spec logql.md 3). */
final class GroupingParser {
  private final TokenReader in;

  GroupingParser(TokenReader in) {
    this.in = in;
  }

  /** The grouping that follows; null if none does. */
  @Nullable Grouping ifAny() {
    if (!in.at(TokenKind.BY) && !in.at(TokenKind.WITHOUT)) {
      return null;
    }
    GroupingKind kind = in.at(TokenKind.BY) ? GroupingKind.BY : GroupingKind.WITHOUT;
    in.next();
    return new Grouping(kind, labels());
  }

  /** {@code (a, b)}, maybe empty. */
  List<String> labels() {
    in.expect(TokenKind.OPEN_PARENTHESIS);
    List<String> labels = new ArrayList<>();
    if (in.skip(TokenKind.CLOSE_PARENTHESIS)) {
      return labels;
    }
    if (!in.at(TokenKind.IDENTIFIER)) {
      throw in.unexpected(TokenKind.IDENTIFIER, TokenKind.CLOSE_PARENTHESIS);
    }
    do {
      labels.add(in.expect(TokenKind.IDENTIFIER).value());
    } while (in.skip(TokenKind.COMMA));
    if (!in.skip(TokenKind.CLOSE_PARENTHESIS)) {
      throw in.unexpected(TokenKind.COMMA, TokenKind.CLOSE_PARENTHESIS);
    }
    return labels;
  }
}
