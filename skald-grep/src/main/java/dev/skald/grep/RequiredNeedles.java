package dev.skald.grep;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Needles of which every text that matches must hold at least one, taken out of an expression. A
 * folded k or s is part of none, because Unicode folds characters of other lengths onto them.
 *
 * @param needles at least one
 * @param exact a text that holds one of them matches for sure
 * @param leading every match begins with one of them
 */
record RequiredNeedles(List<Needle> needles, boolean exact, boolean leading) {
  /** More alternatives than this are not worth looking for one by one. */
  static final int NEEDLES_MAX = 8;

  private static final int NEEDLE_BYTES_MAX = 64;

  /** Needles found at more places than this are not worth looking for. */
  private static final double SHARE_MAX = 0.02;

  RequiredNeedles {
    needles = List.copyOf(needles);
  }

  /** Empty if nothing (or nothing rare enough) is required. */
  static Optional<RequiredNeedles> of(RegexNode node) {
    return find(node)
        .filter(found -> found.needles().size() <= NEEDLES_MAX)
        .filter(found -> found.exact() || found.share() <= SHARE_MAX);
  }

  /**
   * The needles that are the whole expression; empty if it is more. Found in every text: not among
   * them.
   */
  static Optional<RequiredNeedles> exactly(RegexNode node) {
    return find(node).filter(RequiredNeedles::exact);
  }

  boolean haveOneLength() {
    return needles.stream().mapToInt(Needle::length).distinct().count() == 1;
  }

  /** The part of all places where a search for them stops, roughly. */
  private double share() {
    return needles.stream().mapToDouble(needle -> new Probes(needle).share()).sum();
  }

  private static Optional<RequiredNeedles> find(RegexNode node) {
    return switch (node) {
      case RegexNode.Alternate(var branches) when fixed(node).isEmpty() -> alternate(branches);
      case RegexNode.Group(_, var inner) -> find(inner);
      case RegexNode.Literal _,
          RegexNode.Chars _,
          RegexNode.Empty _,
          RegexNode.Assertion _,
          RegexNode.Alternate _,
          RegexNode.Repeat _ ->
          new Runs(List.of(node)).best();
      case RegexNode.Concat _ -> {
        List<RegexNode> parts = new ArrayList<>();
        flatten(node, parts);
        yield new Runs(parts).best();
      }
    };
  }

  /** The parts of a concatenation, those of concatenations in it too. */
  static void flatten(RegexNode node, List<RegexNode> parts) {
    switch (node) {
      case RegexNode.Concat(var inner) -> inner.forEach(part -> flatten(part, parts));
      case RegexNode.Group(_, var inner) -> flatten(inner, parts);
      case RegexNode.Empty _ -> {}
      case RegexNode.Literal _,
          RegexNode.Chars _,
          RegexNode.Assertion _,
          RegexNode.Alternate _,
          RegexNode.Repeat _ ->
          parts.add(node);
    }
  }

  private static Optional<RequiredNeedles> alternate(List<RegexNode> branches) {
    List<Needle> all = new ArrayList<>();
    boolean exact = true;
    boolean leading = true;
    for (RegexNode branch : branches) {
      Optional<RequiredNeedles> found = find(branch);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      all.addAll(found.get().needles());
      exact &= found.get().exact();
      leading &= found.get().leading();
    }
    return all.size() > NEEDLES_MAX
        ? Optional.empty()
        : Optional.of(new RequiredNeedles(all, exact, leading));
  }

  /**
   * All that a node can match, if that is a handful of byte strings of fixed lengths; the empty one
   * may be among them.
   */
  private static Optional<List<List<ByteClass>>> fixed(RegexNode node) {
    return switch (node) {
      case RegexNode.Empty _ -> Optional.of(List.of(List.of()));
      case RegexNode.Literal(int c, boolean folded) -> literal(c, folded);
      case RegexNode.Chars(CharSet set) ->
          set.isAscii() && !set.isEmpty()
              ? Optional.of(List.of(List.of(ByteClass.of(set))))
              : Optional.empty();
      case RegexNode.Assertion _ -> Optional.empty();
      case RegexNode.Group(_, var inner) -> fixed(inner);
      case RegexNode.Concat(var parts) -> {
        Optional<List<List<ByteClass>>> all = Optional.of(List.of(List.of()));
        for (RegexNode part : parts) {
          all = all.flatMap(before -> fixed(part).flatMap(more -> product(before, more)));
        }
        yield all;
      }
      case RegexNode.Alternate(var branches) -> union(branches);
      case RegexNode.Repeat(var inner, int min, int max, _) -> {
        Optional<List<List<ByteClass>>> once = fixed(inner);
        yield min == 0 && max == 1
            ? once.flatMap(one -> union(List.of(one, List.of(List.of())), 0))
            : min == max ? once.flatMap(one -> power(one, min)) : Optional.empty();
      }
    };
  }

  private static Optional<List<List<ByteClass>>> literal(int c, boolean folded) {
    if (folded) {
      boolean isSplit = "kKsS".indexOf(c) >= 0;
      return isSplit ? Optional.empty() : Optional.of(List.of(List.of(ByteClass.folded(c))));
    }
    List<ByteClass> bytes = new ArrayList<>();
    for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
      bytes.add(ByteClass.of(b & 0xff));
    }
    return Optional.of(List.of(bytes));
  }

  private static Optional<List<List<ByteClass>>> union(List<RegexNode> branches) {
    List<List<List<ByteClass>>> all = new ArrayList<>();
    for (RegexNode branch : branches) {
      Optional<List<List<ByteClass>>> one = fixed(branch);
      if (one.isEmpty()) {
        return Optional.empty();
      }
      all.add(one.get());
    }
    return union(all, 0);
  }

  /** Strings of one byte become one class. */
  private static Optional<List<List<ByteClass>>> union(List<List<List<ByteClass>>> all, int from) {
    List<List<ByteClass>> strings = new ArrayList<>();
    int single = -1;
    for (List<List<ByteClass>> some : all.subList(from, all.size())) {
      for (List<ByteClass> one : some) {
        if (one.size() == 1 && single >= 0) {
          strings.set(single, List.of(strings.get(single).getFirst().plus(one.getFirst())));
        } else {
          single = one.size() == 1 ? strings.size() : single;
          strings.add(one);
        }
      }
    }
    return strings.size() > NEEDLES_MAX ? Optional.empty() : Optional.of(strings);
  }

  private static Optional<List<List<ByteClass>>> product(
      List<List<ByteClass>> before, List<List<ByteClass>> more) {
    List<List<ByteClass>> all = new ArrayList<>();
    for (List<ByteClass> one : before) {
      for (List<ByteClass> two : more) {
        List<ByteClass> both = new ArrayList<>(one);
        both.addAll(two);
        if (both.size() > NEEDLE_BYTES_MAX || all.size() == NEEDLES_MAX) {
          return Optional.empty();
        }
        all.add(both);
      }
    }
    return Optional.of(all);
  }

  private static Optional<List<List<ByteClass>>> power(List<List<ByteClass>> one, int times) {
    Optional<List<List<ByteClass>>> all = Optional.of(List.of(List.of()));
    for (int i = 0; i < times && i <= NEEDLE_BYTES_MAX && all.isPresent(); i++) {
      all = product(all.get(), one);
    }
    return times > NEEDLE_BYTES_MAX ? Optional.empty() : all;
  }

  /**
   * Goes over the parts of a concatenation and keeps the best of the runs of fixed parts, and of
   * what others require.
   */
  private static final class Runs {
    private final List<RegexNode> parts;
    private final boolean[] nullable;
    private final boolean anyAssertion;
    private Optional<RequiredNeedles> best = Optional.empty();

    private List<List<ByteClass>> run = List.of(List.of());
    private int runFrom;
    private boolean beginsInsideRepeat;

    Runs(List<RegexNode> parts) {
      this.parts = parts;
      nullable = new boolean[parts.size()];
      boolean asserts = false;
      for (int i = 0; i < nullable.length; i++) {
        nullable[i] = isNullable(parts.get(i));
        asserts |= parts.get(i) instanceof RegexNode.Assertion;
      }
      anyAssertion = asserts;
    }

    Optional<RequiredNeedles> best() {
      for (int i = 0; i < parts.size(); i++) {
        RegexNode part = parts.get(i);
        if (part instanceof RegexNode.Assertion) {
          continue; // takes no bytes
        }
        Optional<List<List<ByteClass>>> strings = fixed(part);
        if (strings.isPresent()) {
          append(strings.get(), i);
        } else if (part instanceof RegexNode.Repeat(var inner, int min, _, _)
            && min > 0
            && fixed(inner).flatMap(one -> power(one, min)).isPresent()) {
          List<List<ByteClass>> least =
              fixed(inner).flatMap(one -> power(one, min)).orElse(List.of());
          append(least, i);
          close(i + 1);
          open(i, least, true);
        } else {
          close(i);
          int at = i;
          inner(part)
              .ifPresent(
                  found ->
                      offer(
                          found.needles(),
                          found.exact() && surroundingIsNullable(at, at + 1),
                          found.leading() && isZeroWidth(at)));
          open(i + 1, List.of(List.of()), false);
        }
      }
      close(parts.size());
      return best;
    }

    /**
     * What one part that is no run requires; a repetition of something asks for it once at least.
     */
    private Optional<RequiredNeedles> inner(RegexNode part) {
      return switch (part) {
        case RegexNode.Repeat(var repeated, int min, _, _) ->
            min == 0
                ? Optional.empty()
                : find(repeated)
                    .map(
                        found ->
                            new RequiredNeedles(
                                found.needles(), found.exact() && min == 1, found.leading()));
        case RegexNode.Alternate(var branches) -> alternate(branches);
        case RegexNode.Literal _,
            RegexNode.Chars _,
            RegexNode.Empty _,
            RegexNode.Assertion _,
            RegexNode.Group _,
            RegexNode.Concat _ ->
            Optional.empty();
      };
    }

    private void open(int from, List<List<ByteClass>> strings, boolean insideRepeat) {
      runFrom = from;
      run = strings;
      beginsInsideRepeat = insideRepeat;
    }

    private void append(List<List<ByteClass>> strings, int part) {
      Optional<List<List<ByteClass>>> longer = product(run, strings);
      if (longer.isPresent()) {
        run = longer.get();
      } else {
        close(part);
        open(part, strings, false);
      }
    }

    /** Ends the run before part {@code to}. */
    private void close(int to) {
      boolean isReal = run.stream().noneMatch(List::isEmpty);
      if (isReal && !run.isEmpty()) {
        offer(
            run.stream().map(Needle::new).toList(),
            surroundingIsNullable(runFrom, to),
            isZeroWidth(runFrom) && !beginsInsideRepeat);
      }
    }

    private void offer(List<Needle> needles, boolean exact, boolean leading) {
      RequiredNeedles found = new RequiredNeedles(needles, exact, leading);
      if (best.isEmpty()
          || (!best.get().exact() && (exact || found.share() < best.get().share()))) {
        best = Optional.of(found);
      }
    }

    private boolean surroundingIsNullable(int from, int to) {
      for (int i = 0; i < nullable.length; i++) {
        if ((i < from || i >= to) && !nullable[i]) {
          return false;
        }
      }
      return !anyAssertion;
    }

    private boolean isZeroWidth(int to) {
      return parts.subList(0, to).stream().allMatch(RegexNode.Assertion.class::isInstance);
    }

    /** Whether it matches the empty text wherever it stands. */
    private static boolean isNullable(RegexNode node) {
      return switch (node) {
        case RegexNode.Empty _ -> true;
        case RegexNode.Literal _, RegexNode.Chars _, RegexNode.Assertion _ -> false;
        case RegexNode.Group(_, var inner) -> isNullable(inner);
        case RegexNode.Concat(var parts) -> parts.stream().allMatch(Runs::isNullable);
        case RegexNode.Alternate(var branches) -> branches.stream().anyMatch(Runs::isNullable);
        case RegexNode.Repeat(var inner, int min, _, _) -> min == 0 || isNullable(inner);
      };
    }
  }
}
