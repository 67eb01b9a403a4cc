package dev.skald.grep;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Byte strings of which every text that matches must hold at least one, taken out of an expression. Letters of a folded
 * literal stand in lower case and match either; k and s are left out of folded ones, because Unicode folds characters of
 * other lengths onto them.
 *
 * @param literals at least one, none empty
 * @param exact a text that holds one of them matches for sure
 * @param leading every match begins with one of them
 */
record RequiredLiterals(List<Literal> literals, boolean exact, boolean leading) {
  /** More alternatives than this are not worth looking for one by one. */
  private static final int LITERALS_MAX = 8;

  private static final int LITERAL_BYTES_MAX = 64;

  /** Shorter ones are found everywhere. */
  private static final int LITERAL_BYTES_MIN = 2;

  RequiredLiterals {
    literals = List.copyOf(literals);
  }

  /** A byte string; {@code folded}: ASCII letters in either case. */
  @SuppressWarnings("ArrayRecordComponent")
  record Literal(byte[] bytes, boolean folded) {}

  /** Empty if nothing (or nothing long enough) is required. */
  static Optional<RequiredLiterals> of(RegexNode node) {
    return find(node)
        .filter(found -> found.literals().size() <= LITERALS_MAX)
        .filter(
            found ->
                found.literals().stream()
                    .allMatch(literal -> literal.bytes().length >= LITERAL_BYTES_MIN));
  }

  private static Optional<RequiredLiterals> find(RegexNode node) {
    return switch (node) {
      case RegexNode.Literal literal -> concat(List.of(literal));
      case RegexNode.Concat(var parts) -> concat(parts);
      case RegexNode.Alternate(var branches) -> alternate(branches);
      case RegexNode.Repeat(var inner, int min, int max) ->
          min == 0 ? Optional.empty() : find(inner).map(found -> inexactUnless(found, max == 1));
      case RegexNode.Chars _, RegexNode.Empty _, RegexNode.Assertion _ -> Optional.empty();
    };
  }

  private static RequiredLiterals inexactUnless(RequiredLiterals found, boolean stays) {
    return stays ? found : new RequiredLiterals(found.literals(), false, found.leading());
  }

  private static Optional<RequiredLiterals> alternate(List<RegexNode> branches) {
    List<Literal> all = new ArrayList<>();
    boolean exact = true;
    boolean leading = true;
    for (RegexNode branch : branches) {
      Optional<RequiredLiterals> found = find(branch);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      all.addAll(found.get().literals());
      exact &= found.get().exact();
      leading &= found.get().leading();
    }
    return Optional.of(new RequiredLiterals(all, exact, leading));
  }

  /** The best of: runs of characters, and what single parts require. */
  private static Optional<RequiredLiterals> concat(List<RegexNode> parts) {
    List<RegexNode> real = parts.stream().filter(p -> !(p instanceof RegexNode.Empty)).toList();
    Optional<RequiredLiterals> best = Optional.empty();
    int at = 0;
    while (at < real.size()) {
      if (real.get(at) instanceof RegexNode.Literal first) {
        int end = at;
        while (end < real.size()
            && real.get(end) instanceof RegexNode.Literal one
            && one.folded() == first.folded()
            && end - at < LITERAL_BYTES_MAX
            && !isSplit(one)) {
          end++;
        }
        if (end == at) {
          at++;
          continue;
        }
        boolean whole = at == 0 && end == real.size();
        best = better(best, run(real.subList(at, end), whole, at == 0));
        at = end;
      } else {
        Optional<RequiredLiterals> inner = find(real.get(at));
        boolean first = at == 0;
        best =
            better(
                best,
                inner.map(
                    found ->
                        new RequiredLiterals(
                            found.literals(),
                            found.exact() && real.size() == 1,
                            found.leading() && first)));
        at++;
      }
    }
    return best;
  }

  /** A folded k or s: may be another character of another length. */
  private static boolean isSplit(RegexNode.Literal literal) {
    return literal.folded() && "kKsS".indexOf(literal.codePoint()) >= 0;
  }

  private static Optional<RequiredLiterals> run(
      List<RegexNode> characters, boolean whole, boolean leading) {
    StringBuilder text = new StringBuilder();
    boolean folded = false;
    for (RegexNode node : characters) {
      if (node instanceof RegexNode.Literal(int c, boolean f)) {
        text.appendCodePoint(f ? Character.toLowerCase(c) : c);
        folded |= f;
      }
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return Optional.of(new RequiredLiterals(List.of(new Literal(bytes, folded)), whole, leading));
  }

  private static Optional<RequiredLiterals> better(
      Optional<RequiredLiterals> one, Optional<RequiredLiterals> two) {
    if (one.isEmpty() || two.isEmpty()) {
      return one.isEmpty() ? two : one;
    }
    return two.get().worth() > one.get().worth() ? two : one;
  }

  /** Longer and fewer is better. */
  private int worth() {
    int shortest = literals.stream().mapToInt(literal -> literal.bytes().length).min().orElse(0);
    return 16 * shortest - literals.size();
  }
}
