package dev.skald.grep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Expressions that are nothing but needles with any characters between them: {@code
 * failed|timeout}, {@code timeout.*(db|cache)}. Searching for one after the other, each as early as
 * it can be, decides them without an automaton, and in text that is not UTF-8 too. Immutable.
 */
final class NeedleChain {
  private static final NeedleFinder NEWLINE =
      new NeedleFinder(List.of(new Needle(List.of(ByteClass.of('\n')))));

  private final List<Link> links;

  /**
   * @param gapBytesMin bytes that must lie between the link before and this one
   * @param gapMayHoldNewlines whether they may be newlines
   */
  private record Link(NeedleFinder finder, int gapBytesMin, boolean gapMayHoldNewlines) {}

  /** What a chain says of a text. */
  enum Answer {
    YES,
    NO,
    /** A newline lies where none may; a match may begin further on. */
    UNSURE
  }

  private NeedleChain(List<Link> links) {
    this.links = List.copyOf(links);
  }

  /** Empty if the expression is none. */
  static Optional<NeedleChain> of(RegexNode node, RegexFilter.Anchor anchor) {
    List<RegexNode> parts = new ArrayList<>();
    RequiredNeedles.flatten(node, parts);
    boolean isOpen = isAnything(parts, 0, anchor) && isAnything(parts, parts.size() - 1, anchor);
    if (anchor == RegexFilter.Anchor.WHOLE && !isOpen) {
      return Optional.empty();
    }
    while (isAnything(parts, 0, anchor)) {
      parts.removeFirst();
    }
    while (isAnything(parts, parts.size() - 1, anchor)) {
      parts.removeLast();
    }
    List<Link> links = new ArrayList<>();
    int from = 0;
    while (from < parts.size()) {
      int to = from;
      while (to < parts.size() && !isGap(parts.get(to))) {
        to++;
      }
      Optional<RequiredNeedles> found =
          RequiredNeedles.exactly(new RegexNode.Concat(parts.subList(from, to)));
      boolean isLast = to == parts.size();
      if (found.isEmpty() || !(isLast || found.get().haveOneLength())) {
        return Optional.empty(); // the one that begins first is not the one that ends first
      }
      NeedleFinder finder = new NeedleFinder(found.get().needles());
      links.add(
          from > 0 && parts.get(from - 1) instanceof RegexNode.Repeat(var dot, int min, _, _)
              ? new Link(finder, min, dot instanceof RegexNode.Chars(var set) && set.has('\n'))
              : new Link(finder, 0, true));
      from = isLast ? to : to + 1;
      if (!isLast && from == parts.size()) {
        return Optional.empty(); // ends with .+
      }
    }
    return links.isEmpty() ? Optional.empty() : Optional.of(new NeedleChain(links));
  }

  /** {@code .*} at an end, beside which any text may lie. */
  private static boolean isAnything(List<RegexNode> parts, int index, RegexFilter.Anchor anchor) {
    return index >= 0
        && index < parts.size()
        && isGap(parts.get(index))
        && parts.get(index) instanceof RegexNode.Repeat(RegexNode.Chars(var set), int min, _, _)
        && min == 0
        && (anchor == RegexFilter.Anchor.NONE || set.has('\n'));
  }

  /** {@code .*} or {@code .+}. */
  private static boolean isGap(RegexNode node) {
    return node instanceof RegexNode.Repeat(RegexNode.Chars(var set), int min, int max, _)
        && min <= 1
        && max < 0
        && set.isDot();
  }

  /** The first link's: no match without one. */
  NeedleFinder first() {
    return links.getFirst().finder();
  }

  /** Whether a hit of {@link #first} is all that it takes. */
  boolean isSingle() {
    return links.size() == 1;
  }

  /** Of text {@code [start, end)} in which the first link's first hit is at {@code hit}. */
  Answer from(byte[] text, int hit, int end) {
    if (isSingle()) {
      return Answer.YES;
    }
    boolean crossesNewline = false;
    int at = hit;
    for (int i = 1; i < links.size(); i++) {
      Link link = links.get(i);
      int gap = links.get(i - 1).finder().shortestEnd(text, at, end);
      at =
          gap + link.gapBytesMin() > end
              ? -1
              : link.finder().find(text, gap + link.gapBytesMin(), end);
      if (at < 0) {
        return Answer.NO;
      }
      crossesNewline |= !link.gapMayHoldNewlines() && NEWLINE.find(text, gap, at) >= 0;
    }
    return crossesNewline ? Answer.UNSURE : Answer.YES;
  }
}
