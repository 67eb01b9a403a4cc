package dev.skald.query;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.syntax.Dialect;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.logql.syntax.LogqlParser;
import dev.skald.logql.syntax.LogqlSyntaxException;
import dev.skald.logql.syntax.TemplateCheck;
import dev.skald.model.Matcher;
import java.util.List;

/** Selectors that stand alone, as the endpoints beside the queries take them. All throw BAD_REQUEST for what is none. */
final class SelectorText {
  private static final String MATCHES_ALL =
      "parse error : queries require at least one regexp or equality matcher that does not have an"
          + " empty-compatible value. For instance, app=~\".*\" does not meet this requirement, but"
          + " app=~\".+\" will";

  private SelectorText() {}

  /** Of a label query: it may be left out, which is no matchers, but not be empty. */
  static List<Matcher> narrowing(String selector) {
    return selector.isEmpty() ? List.of() : refuseEmpty(anyOf(selector));
  }

  /** Of an endpoint that needs one. Skald's dialect takes those that match every stream too. */
  static List<Matcher> required(String selector, Dialect dialect) {
    return switch (dialect) {
      case LOKI -> refuseEmpty(anyOf(selector));
      case SKALD -> inSkald(selector);
    };
  }

  private static List<Matcher> refuseEmpty(List<Matcher> matchers) {
    if (matchers.isEmpty()) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, MATCHES_ALL);
    }
    return matchers;
  }

  private static List<Matcher> inSkald(String selector) {
    try {
      if (LogqlParser.parse(selector, TemplateCheck.NONE, Dialect.SKALD) instanceof LogExpr log
          && log.stages().isEmpty()) {
        return log.selector().matchers();
      }
    } catch (LogqlSyntaxException e) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, e.getMessage(), e);
    }
    throw SkaldException.of(ErrorKind.BAD_REQUEST, "only label matchers are supported");
  }

  /** <code>{}</code> gives no matchers; any other selector must have one that the empty value fails. */
  static List<Matcher> anyOf(String selector) {
    try {
      return LogqlParser.parseMatchers(selector);
    } catch (LogqlSyntaxException e) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, e.getMessage(), e);
    }
  }
}
