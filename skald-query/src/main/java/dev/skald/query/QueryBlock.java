package dev.skald.query;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.grep.RegexFilter;
import dev.skald.grep.RegexSyntaxException;
import dev.skald.logql.syntax.Expr;
import dev.skald.logql.syntax.LogExpr;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Refuses queries that a rule of {@code blocked_queries} fits: the first whose text matches decides alone. */
final class QueryBlock {
  private static final int FNV_OFFSET = 0x811c9dc5;
  private static final int FNV_PRIME = 16_777_619;

  private QueryBlock() {}

  /**
   * @throws SkaldException LIMIT
   */
  static void check(
      List<BlockedQuery> rules, String query, Expr expr, Map<String, String> requestTags) {
    for (BlockedQuery rule : rules) {
      if (fitsText(rule, query)) {
        boolean isKind = rule.kinds().isEmpty() || rule.kinds().contains(kind(expr));
        if (isKind && requestTags.entrySet().containsAll(rule.tags().entrySet())) {
          throw SkaldException.of(ErrorKind.LIMIT, "query blocked by policy");
        }
        return;
      }
    }
  }

  private static boolean fitsText(BlockedQuery rule, String query) {
    if (rule.hash() > 0) {
      return rule.hash() == hash(query);
    }
    if (rule.pattern().isBlank()) {
      return true;
    }
    if (!rule.isRegex()) {
      return rule.pattern().strip().equals(query.strip());
    }
    try {
      return RegexFilter.compile(rule.pattern(), RegexFilter.Anchor.NONE).matches(query);
    } catch (RegexSyntaxException _) {
      return false; // as Loki, which logs it and goes on
    }
  }

  /** FNV-1, not FNV-1a. */
  static long hash(String text) {
    int hash = FNV_OFFSET;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash *= FNV_PRIME;
      hash ^= b & 0xff;
    }
    return Integer.toUnsignedLong(hash);
  }

  private static BlockedQuery.Kind kind(Expr expr) {
    if (!(expr instanceof LogExpr log)) {
      return BlockedQuery.Kind.METRIC;
    }
    return log.stages().isEmpty() ? BlockedQuery.Kind.LIMITED : BlockedQuery.Kind.FILTER;
  }
}
