package dev.skald.logql.pipeline;

import dev.skald.grep.RegexLiterals;
import dev.skald.logql.syntax.ExpressionException;
import dev.skald.logql.syntax.LinePattern;
import dev.skald.logql.syntax.PatternNode;
import dev.skald.logql.syntax.Stage.LineFilter;
import dev.skald.logql.syntax.Stage.LineMatch;
import dev.skald.logql.syntax.Stage.Operand;
import dev.skald.model.Needle;
import dev.skald.model.Needle.LetterCase;
import java.util.ArrayList;
import java.util.List;

/**
 * What literals say of a line filter: which lines have one of its operands for sure, and which may have. What they
 * leave open is for {@link LineFilterStep} to say. Immutable.
 *
 * @param enough a line with one of these has an operand
 * @param conditions one per operand that literals do not decide: of each group a line must hold one literal to have the
 *     operand; no group, and any line may have it
 * @param isNegative whether lines that have an operand are dropped, not kept
 */
record LineNeeds(List<Needle> enough, List<List<List<Needle>>> conditions, boolean isNegative) {
  LineNeeds {
    enough = List.copyOf(enough);
    conditions = List.copyOf(conditions);
  }

  /** Of a filter that {@link LineFilterStep#compile} has compiled. */
  static LineNeeds of(LineFilter stage) {
    LineMatch match = stage.match();
    List<Needle> enough = new ArrayList<>();
    List<List<List<Needle>>> conditions = new ArrayList<>();
    boolean isChain = stage.operands().size() > 1;
    for (Operand operand : stage.operands()) {
      switch (operand) {
        case Operand.Ip _ -> conditions.add(List.of());
        case Operand.Text(String text) -> {
          if (text.isEmpty()) {
            // Kept, dropped or left out of a chain: rare, and known to the filter itself.
            if (!isChain || match.negative() || match == LineMatch.PATTERN) {
              conditions.add(List.of());
            }
            continue;
          }
          switch (match) {
            case CONTAINS, NOT_CONTAINS -> enough.add(exact(text));
            case REGEX, NOT_REGEX -> addRegex(text, enough, conditions);
            case PATTERN, NOT_PATTERN -> conditions.add(literalsOf(text));
          }
        }
      }
    }
    if (enough.isEmpty() && conditions.isEmpty()) {
      conditions.add(List.of());
    }
    return new LineNeeds(enough, conditions, match.negative());
  }

  private static void addRegex(
      String expression, List<Needle> enough, List<List<List<Needle>>> conditions) {
    List<Needle> needles = new ArrayList<>();
    boolean areEnough = false;
    RegexLiterals found = RegexLiterals.of(expression).orElse(null);
    if (found != null) {
      areEnough = found.areEnough();
      for (RegexLiterals.Literal literal : found.literals()) {
        LetterCase letterCase = literal.folded() ? LetterCase.FOLDED : LetterCase.EXACT;
        needles.add(new Needle(Needle.Place.ANYWHERE, letterCase, literal.bytes()));
      }
    }
    if (areEnough) {
      enough.addAll(needles);
    } else {
      conditions.add(needles.isEmpty() ? List.of() : List.of(needles));
    }
  }

  /** Each literal of a line pattern must be there. */
  private static List<List<Needle>> literalsOf(String pattern) {
    List<List<Needle>> groups = new ArrayList<>();
    try {
      for (PatternNode node : LinePattern.parse(pattern).nodes()) {
        if (node instanceof PatternNode.Literal(String text)) {
          groups.add(List.of(exact(text)));
        }
      }
    } catch (ExpressionException e) {
      throw new IllegalStateException("pattern was compiled before: " + pattern, e);
    }
    return groups;
  }

  private static Needle exact(String text) {
    return new Needle(Needle.Place.ANYWHERE, LetterCase.EXACT, ByteSlice.utf8(text));
  }

  /** Whether literals decide all. */
  boolean isDecided() {
    return conditions.isEmpty();
  }

  /** Whether every line must be looked at. */
  boolean isUnknown() {
    return enough.isEmpty() && conditions.stream().anyMatch(List::isEmpty);
  }
}
