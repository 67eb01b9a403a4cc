package dev.skald.ruler;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.Quoted;
import dev.skald.ruler.group.Rule;
import java.util.List;
import java.util.Set;

/**
 * Which rules {@code /prometheus/api/v1/rules} shows; an empty set lets all of its kind through.
 *
 * @param files namespaces
 * @param page where the answer begins and how much of it there is
 */
public record StateQuery(
    Kind kind, Set<String> files, Set<String> groups, Set<String> rules, Page page) {
  public StateQuery {
    files = Set.copyOf(files);
    groups = Set.copyOf(groups);
    rules = Set.copyOf(rules);
  }

  /** {@code type}. */
  public enum Kind {
    ALL,
    ALERTING,
    RECORDING
  }

  /**
   * A part of the groups in their order.
   *
   * @param token where it begins; empty is the start
   * @param groupsMax 0 is all
   */
  public record Page(String token, int groupsMax) {
    static final Page WHOLE = new Page("", 0);

    /**
     * @param groupLimit {@code group_limit}, empty if there is none
     * @param nextToken {@code group_next_token}, empty if there is none
     * @throws SkaldException BAD_REQUEST
     */
    static Page of(String groupLimit, String nextToken) {
      if (groupLimit.isEmpty()) {
        if (nextToken.isEmpty()) {
          return WHOLE;
        }
        throw bad("group_limit must be given with group_next_token");
      }
      try {
        int groupsMax = Integer.parseInt(groupLimit);
        if (groupsMax > 0) {
          return new Page(nextToken, groupsMax);
        }
      } catch (NumberFormatException _) {
        // told below
      }
      throw bad("group_limit must be a number greater than 0: " + Quoted.of(groupLimit));
    }
  }

  /**
   * From the parameters of a request.
   *
   * @param type {@code type}, empty if there is none
   * @throws SkaldException BAD_REQUEST
   */
  public static StateQuery of(
      String type,
      List<String> files,
      List<String> groups,
      List<String> rules,
      String groupLimit,
      String nextToken) {
    Kind kind =
        switch (type) {
          case "" -> Kind.ALL;
          case "alert" -> Kind.ALERTING;
          case "record" -> Kind.RECORDING;
          default -> throw bad("not supported value " + Quoted.of(type));
        };
    return new StateQuery(
        kind,
        Set.copyOf(files),
        Set.copyOf(groups),
        Set.copyOf(rules),
        Page.of(groupLimit, nextToken));
  }

  private static SkaldException bad(String message) {
    return SkaldException.of(ErrorKind.BAD_REQUEST, message);
  }

  boolean wantsGroup(String file, String group) {
    return (files.isEmpty() || files.contains(file))
        && (groups.isEmpty() || groups.contains(group));
  }

  /** Whether a group without a rule that is wanted is left out. */
  boolean choosesRules() {
    return kind != Kind.ALL || !rules.isEmpty();
  }

  boolean wants(Rule rule) {
    boolean isKind =
        switch (kind) {
          case ALL -> true;
          case ALERTING -> rule instanceof Rule.Alerting;
          case RECORDING -> rule instanceof Rule.Recording;
        };
    return isKind && (rules.isEmpty() || rules.contains(rule.name()));
  }
}
