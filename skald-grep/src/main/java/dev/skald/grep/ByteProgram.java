package dev.skald.grep;

import java.util.Arrays;
import java.util.Optional;

/**
 * A nondeterministic automaton over the bytes of UTF-8 text (Thompson's construction, R. Cox,
 * "Regular Expression Matching: the Virtual Machine Approach", swtch.com/~rsc/regexp/regexp2.html).
 * Instructions are numbers in parallel arrays; instruction 0 is the match.
 */
final class ByteProgram {
  /** Larger programs stay with RE2/J: repetitions of repetitions would fill memory. */
  private static final int INSTRUCTIONS_MAX = 20_000;

  static final int MATCH = 0;

  /** What an instruction does. */
  enum Op {
    MATCH,
    /** Takes one byte in {@code [low, high]}, goes on at {@code next}. */
    BYTE,
    /** Goes on at {@code next} and at {@code other}. */
    SPLIT,
    /** Goes on at {@code next} if the place is right. */
    ASSERT
  }

  private Op[] ops = new Op[64];
  private int[] low = new int[64];
  private int[] high = new int[64];
  private int[] next = new int[64];
  private int[] other = new int[64];
  private RegexNode.Place[] places = new RegexNode.Place[64];
  private int count;
  private int start;
  private boolean asserts;

  private ByteProgram() {
    add(Op.MATCH, 0, 0, 0, 0, RegexNode.Place.TEXT_END);
  }

  /** Empty if the program would be too large. */
  static Optional<ByteProgram> of(RegexNode node) {
    ByteProgram program = new ByteProgram();
    try {
      program.start = program.compile(node, MATCH);
      return Optional.of(program);
    } catch (TooLarge e) {
      return Optional.empty();
    }
  }

  private static final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLarge() {
      super("program too large", null, false, false);
    }
  }

  private int add(Op op, int lowByte, int highByte, int to, int otherTo, RegexNode.Place place) {
    if (count == INSTRUCTIONS_MAX) {
      throw new TooLarge();
    }
    if (count == ops.length) {
      ops = Arrays.copyOf(ops, count * 2);
      low = Arrays.copyOf(low, count * 2);
      high = Arrays.copyOf(high, count * 2);
      next = Arrays.copyOf(next, count * 2);
      other = Arrays.copyOf(other, count * 2);
      places = Arrays.copyOf(places, count * 2);
    }
    ops[count] = op;
    low[count] = lowByte;
    high[count] = highByte;
    next[count] = to;
    other[count] = otherTo;
    places[count] = place;
    return count++;
  }

  private int bytes(int lowByte, int highByte, int to) {
    return add(Op.BYTE, lowByte, highByte, to, 0, RegexNode.Place.TEXT_END);
  }

  private int split(int one, int two) {
    return add(Op.SPLIT, 0, 0, one, two, RegexNode.Place.TEXT_END);
  }

  /** Instructions for {@code node} that go on at {@code to}; the first of them is returned. */
  private int compile(RegexNode node, int to) {
    return switch (node) {
      case RegexNode.Empty() -> to;
      case RegexNode.Literal(int c, boolean folded) -> chars(literal(c, folded), to);
      case RegexNode.Chars(CharSet set) -> chars(set, to);
      case RegexNode.Assertion(var place) -> {
        asserts = true;
        yield add(Op.ASSERT, 0, 0, to, 0, place);
      }
      case RegexNode.Concat(var parts) -> {
        int at = to;
        for (RegexNode part : parts.reversed()) {
          at = compile(part, at);
        }
        yield at;
      }
      case RegexNode.Alternate(var branches) -> {
        int at = compile(branches.getLast(), to);
        for (int i = branches.size() - 2; i >= 0; i--) {
          at = split(compile(branches.get(i), to), at);
        }
        yield at;
      }
      case RegexNode.Group(_, var inner) -> compile(inner, to);
      case RegexNode.Repeat(var inner, int min, int max, _) -> repeat(inner, min, max, to);
    };
  }

  private int repeat(RegexNode inner, int min, int max, int to) {
    int at = to;
    if (max < 0) {
      int loop = split(to, to);
      int body = compile(inner, loop); // may grow the arrays
      next[loop] = body;
      at = loop;
    } else {
      for (int i = min; i < max; i++) {
        at = split(compile(inner, at), to);
      }
    }
    for (int i = 0; i < min; i++) {
      at = compile(inner, at);
    }
    return at;
  }

  private static CharSet literal(int c, boolean folded) {
    CharSet set = CharSet.of(c, c);
    return folded ? set.foldedAscii() : set;
  }

  private int chars(CharSet set, int to) {
    int at = -1;
    for (int i = 0; i < set.rangeCount(); i++) {
      for (Utf8Ranges.Sequence sequence : Utf8Ranges.of(set.low(i), set.high(i))) {
        int one = to;
        for (int b = sequence.length() - 1; b >= 0; b--) {
          one = bytes(sequence.low(b), sequence.high(b), one);
        }
        at = at < 0 ? one : split(one, at);
      }
    }
    return at < 0 ? bytes(1, 0, to) : at; // the empty set: a range that holds no byte
  }

  int start() {
    return start;
  }

  int size() {
    return count;
  }

  boolean hasAssertions() {
    return asserts;
  }

  Op op(int instruction) {
    return ops[instruction];
  }

  boolean takes(int instruction, int unsignedByte) {
    return unsignedByte >= low[instruction] && unsignedByte <= high[instruction];
  }

  int low(int instruction) {
    return low[instruction];
  }

  int high(int instruction) {
    return high[instruction];
  }

  int next(int instruction) {
    return next[instruction];
  }

  int other(int instruction) {
    return other[instruction];
  }

  RegexNode.Place place(int instruction) {
    return places[instruction];
  }
}
