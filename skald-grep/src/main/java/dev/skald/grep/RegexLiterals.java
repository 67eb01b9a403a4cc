package dev.skald.grep;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Byte strings of which every text that matches an expression holds at least one: what may be asked of a store that can
 * look for literals before anything is asked of the expression.
 *
 * @param literals at least one, none empty
 * @param areEnough a text matches if, and only if, it holds one of them
 */
public record RegexLiterals(List<Literal> literals, boolean areEnough) {
  /** More alternatives are not worth looking for one by one. */
  private static final int LITERALS_MAX = 16;

  /** Shorter ones are found everywhere; nothing is won by looking for them if more is to be asked. */
  private static final int NARROWING_BYTES_MIN = 2;

  /** What broken UTF-8 reads as: a match for bytes that are not its own. */
  private static final int REPLACEMENT = 0xFFFD;

  public RegexLiterals {
    literals = List.copyOf(literals);
  }

  /**
   * A byte string. Where it is folded, ASCII letters stand in lower case for either case, and neither k nor s is among
   * them: Unicode folds characters beyond ASCII onto these two.
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Literal(byte[] bytes, boolean folded) {}

  /**
   * Of an expression that may match anywhere in a text, {@code .} not matching newlines; one that compiles. Empty if
   * there are none, or too many.
   */
  public static Optional<RegexLiterals> of(String expression) {
    return RegexReader.read(expression, RegexReader.Dot.NOT_NEWLINE)
        .flatMap(RegexLiterals::find)
        .filter(found -> found.literals.size() <= LITERALS_MAX)
        .filter(found -> found.areEnough || found.shortestBytes() >= NARROWING_BYTES_MIN);
  }

  private static Optional<RegexLiterals> find(RegexNode node) {
    if (node instanceof RegexNode.Group group) {
      return find(group.inner());
    }
    if (node instanceof RegexNode.Literal) {
      return concat(List.of(node));
    }
    if (node instanceof RegexNode.Concat concat) {
      List<RegexNode> parts = new ArrayList<>();
      flatten(concat, parts);
      return concat(parts);
    }
    if (node instanceof RegexNode.Alternate alternate) {
      return alternate(alternate.branches());
    }
    if (node instanceof RegexNode.Repeat repeat && repeat.min() > 0) {
      // One round is enough where one is allowed.
      return find(repeat.inner())
          .map(found -> new RegexLiterals(found.literals, found.areEnough && repeat.min() == 1));
    }
    return Optional.empty();
  }

  private static void flatten(RegexNode.Concat concat, List<RegexNode> parts) {
    for (RegexNode grouped : concat.parts()) {
      RegexNode part = withoutGroups(grouped);
      if (part instanceof RegexNode.Concat inner) {
        flatten(inner, parts);
      } else if (!(part instanceof RegexNode.Empty)) {
        parts.add(part);
      }
    }
  }

  private static RegexNode withoutGroups(RegexNode node) {
    RegexNode inner = node;
    while (inner instanceof RegexNode.Group group) {
      inner = group.inner();
    }
    return inner;
  }

  private static Optional<RegexLiterals> alternate(List<RegexNode> branches) {
    List<Literal> all = new ArrayList<>();
    boolean areEnough = true;
    for (RegexNode branch : branches) {
      Optional<RegexLiterals> found = find(branch);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      all.addAll(found.get().literals);
      areEnough &= found.get().areEnough;
    }
    return Optional.of(new RegexLiterals(all, areEnough));
  }

  /** The best of the runs of characters and of what single parts require. */
  private static Optional<RegexLiterals> concat(List<RegexNode> parts) {
    Optional<RegexLiterals> best = Optional.empty();
    int at = 0;
    while (at < parts.size()) {
      int end = runEnd(parts, at);
      Optional<RegexLiterals> found =
          end > at ? Optional.of(run(parts.subList(at, end))) : inner(parts.get(at));
      end = Math.max(end, at + 1);
      if (found.isPresent()) {
        boolean restIsNothing = areOptional(parts, 0, at) && areOptional(parts, end, parts.size());
        RegexLiterals here =
            new RegexLiterals(found.get().literals, found.get().areEnough && restIsNothing);
        best = Optional.of(best.isPresent() ? better(best.get(), here) : here);
      }
      at = end;
    }
    return best;
  }

  /** Of a part that begins no run. */
  private static Optional<RegexLiterals> inner(RegexNode part) {
    return part instanceof RegexNode.Literal ? Optional.empty() : find(part);
  }

  /** Where the characters that make one literal with the one at {@code from} end; {@code from} if there is none. */
  private static int runEnd(List<RegexNode> parts, int from) {
    boolean hasExactLetter = false;
    boolean hasFoldedLetter = false;
    int at = from;
    for (; at < parts.size() && parts.get(at) instanceof RegexNode.Literal one; at++) {
      if (one.codePoint() == REPLACEMENT || isLoneSurrogate(one) || isSplit(one)) {
        break;
      }
      hasFoldedLetter |= one.folded();
      hasExactLetter |= !one.folded() && isLetter(one.codePoint());
      if (hasFoldedLetter && hasExactLetter) {
        break;
      }
    }
    return at;
  }

  private static boolean isLoneSurrogate(RegexNode.Literal literal) {
    return literal.codePoint() >= 0xD800 && literal.codePoint() < 0xE000;
  }

  private static boolean isSplit(RegexNode.Literal literal) {
    return literal.folded() && "kKsS".indexOf(literal.codePoint()) >= 0;
  }

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static RegexLiterals run(List<RegexNode> characters) {
    StringBuilder text = new StringBuilder();
    boolean folded = false;
    for (RegexNode node : characters) {
      if (node instanceof RegexNode.Literal one) {
        text.appendCodePoint(
            one.folded() ? Character.toLowerCase(one.codePoint()) : one.codePoint());
        folded |= one.folded();
      }
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return new RegexLiterals(List.of(new Literal(bytes, folded)), true);
  }

  /** Whether these parts match the empty text wherever it stands. */
  private static boolean areOptional(List<RegexNode> parts, int from, int to) {
    for (RegexNode part : parts.subList(from, to)) {
      if (!(part instanceof RegexNode.Repeat repeat && repeat.min() == 0)) {
        return false;
      }
    }
    return true;
  }

  private static RegexLiterals better(RegexLiterals one, RegexLiterals two) {
    if (one.areEnough != two.areEnough) {
      return one.areEnough ? one : two;
    }
    return two.worth() > one.worth() ? two : one;
  }

  /** Longer and fewer is better. */
  private int worth() {
    return 16 * shortestBytes() - literals.size();
  }

  private int shortestBytes() {
    return literals.stream().mapToInt(literal -> literal.bytes().length).min().orElse(0);
  }
}
