package dev.skald.grep;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An expression as instructions for {@link CaptureSearch}, over the characters of UTF-8 text.
 * Instructions are numbers in parallel arrays; instruction 0 is the match. Immutable.
 */
final class CaptureProgram {
  private static final int INSTRUCTIONS_MAX = 5_000;
  static final int MATCH = 0;

  /** What an instruction does. */
  enum Op {
    MATCH,
    /** Takes a character of a class. */
    CHAR,
    /** Takes as many characters of a class as there are; fewer would never do. */
    RUN,
    /** Takes the bytes of a literal. */
    LITERAL,
    /** Goes on at {@code next}, and if that fails at {@code other}. */
    SPLIT,
    /** Notes the position. */
    SAVE,
    /** Goes on if the place is right. */
    ASSERT
  }

  private final List<Op> ops = new ArrayList<>();
  private final List<Object> arguments = new ArrayList<>();
  private int[] next = new int[64];
  private int[] other = new int[64];
  private int splits;
  private int start;
  private FirstBytes[] first = {};

  /** Thrown for what is left to RE2/J. */
  private static final class NotCompiled extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotCompiled() {
      super("left to RE2/J", null, false, false);
    }
  }

  /** A class of characters: ASCII by table, others by search. */
  static final class Characters {
    final boolean[] ascii = new boolean[128];
    final CharSet set;

    Characters(CharSet set) {
      this.set = set;
      for (int c = 0; c < 128; c++) {
        ascii[c] = set.has(c);
      }
    }
  }

  /**
   * What can come next where an instruction stands: bytes, by value; {@code ends}, a match without
   * more bytes for sure; {@code asks}, it depends on an assertion.
   */
  @SuppressWarnings("ArrayRecordComponent")
  record FirstBytes(boolean[] bytes, boolean ends, boolean asks) {
    boolean isFree() {
      return ends || asks;
    }

    boolean isDisjoint(FirstBytes two) {
      for (int b = 0; b < 256; b++) {
        if (bytes[b] && two.bytes[b]) {
          return false;
        }
      }
      return true;
    }
  }

  private CaptureProgram() {
    add(Op.MATCH, "", 0, 0);
  }

  /**
   * Empty for what would be too large, and where something that may be empty is repeated: what
   * groups in it hold is RE2/J's own.
   */
  static Optional<CaptureProgram> of(RegexNode node) {
    CaptureProgram program = new CaptureProgram();
    try {
      program.start = program.compile(node, MATCH);
    } catch (NotCompiled e) {
      return Optional.empty();
    }
    program.first = new FirstBytes[program.ops.size()];
    for (int i = 0; i < program.first.length; i++) {
      program.first[i] = program.firstBytes(i);
    }
    return Optional.of(program);
  }

  private int add(Op op, Object argument, int to, int otherTo) {
    int number = ops.size();
    if (number == INSTRUCTIONS_MAX) {
      throw new NotCompiled();
    }
    if (number == next.length) {
      next = Arrays.copyOf(next, number * 2);
      other = Arrays.copyOf(other, number * 2);
    }
    ops.add(op);
    arguments.add(argument);
    next[number] = to;
    other[number] = otherTo;
    return number;
  }

  private int split(int preferred, int otherTo) {
    return add(Op.SPLIT, splits++, preferred, otherTo);
  }

  /** Instructions for {@code node} that go on at {@code to}; the first of them is returned. */
  private int compile(RegexNode node, int to) {
    return switch (node) {
      case RegexNode.Empty() -> to;
      case RegexNode.Literal literal -> concat(List.of(literal), to);
      case RegexNode.Chars(CharSet set) -> add(Op.CHAR, new Characters(set), to, 0);
      case RegexNode.Assertion(var place) -> add(Op.ASSERT, place, to, 0);
      case RegexNode.Group(int number, var inner) -> {
        int close = add(Op.SAVE, 2 * number + 1, to, 0);
        yield add(Op.SAVE, 2 * number, compile(inner, close), 0);
      }
      case RegexNode.Concat(var parts) -> concat(parts, to);
      case RegexNode.Alternate(var branches) -> {
        int at = compile(branches.getLast(), to);
        for (int i = branches.size() - 2; i >= 0; i--) {
          at = split(compile(branches.get(i), to), at);
        }
        yield at;
      }
      case RegexNode.Repeat repeat -> repeat(repeat, to);
    };
  }

  /** Literals that follow each other are one. */
  private int concat(List<RegexNode> parts, int to) {
    int at = to;
    int end = parts.size();
    while (end > 0) {
      int from = end - 1;
      if (parts.get(from) instanceof RegexNode.Literal(int c, boolean folded) && folded) {
        at = add(Op.CHAR, new Characters(CharSet.of(c, c).foldedAscii()), at, 0);
      } else if (parts.get(from) instanceof RegexNode.Literal) {
        while (from > 0
            && parts.get(from - 1) instanceof RegexNode.Literal(_, boolean alsoFolded)
            && !alsoFolded) {
          from--;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (RegexNode part : parts.subList(from, end)) {
          if (part instanceof RegexNode.Literal(int one, _)) {
            bytes.writeBytes(Character.toString(one).getBytes(StandardCharsets.UTF_8));
          }
        }
        at = add(Op.LITERAL, bytes.toByteArray(), at, 0);
      } else {
        at = compile(parts.get(from), at);
      }
      end = from;
    }
    return at;
  }

  private int repeat(RegexNode.Repeat repeat, int to) {
    RegexNode inner = repeat.inner();
    int min = repeat.min();
    int max = repeat.max();
    if (max != 0 && !(min == 1 && max == 1) && isNullable(inner)) {
      throw new NotCompiled();
    }
    int at = to;
    if (max < 0) {
      at = star(repeat, to);
    } else {
      for (int i = min; i < max; i++) {
        int once = compile(inner, at);
        at = repeat.lazy() ? split(to, once) : split(once, to);
      }
    }
    for (int i = 0; i < min; i++) {
      at = compile(inner, at);
    }
    return at;
  }

  private int star(RegexNode.Repeat repeat, int to) {
    if (repeat.inner() instanceof RegexNode.Chars(CharSet set)) {
      int run = add(Op.RUN, new Characters(set), to, 0);
      FirstBytes behind = firstBytes(to);
      boolean fewerNeverDo = !behind.isFree() && behind.isDisjoint(taken(run));
      if (fewerNeverDo || (behind.ends() && !repeat.lazy())) {
        return run;
      }
    }
    int loop = split(to, to);
    int body = compile(repeat.inner(), loop); // may grow the arrays
    if (repeat.lazy()) {
      other[loop] = body;
    } else {
      next[loop] = body;
    }
    return loop;
  }

  private static boolean isNullable(RegexNode node) {
    return switch (node) {
      case RegexNode.Empty _, RegexNode.Assertion _ -> true;
      case RegexNode.Literal _, RegexNode.Chars _ -> false;
      case RegexNode.Group(_, var inner) -> isNullable(inner);
      case RegexNode.Concat(var parts) -> parts.stream().allMatch(CaptureProgram::isNullable);
      case RegexNode.Alternate(var branches) ->
          branches.stream().anyMatch(CaptureProgram::isNullable);
      case RegexNode.Repeat(var inner, int min, _, _) -> min == 0 || isNullable(inner);
    };
  }

  /** The bytes with which what an instruction takes may begin. */
  private FirstBytes taken(int instruction) {
    boolean[] bytes = new boolean[256];
    if (arguments.get(instruction) instanceof byte[] literal) {
      bytes[literal[0] & 0xff] = true;
    } else if (arguments.get(instruction) instanceof Characters characters) {
      System.arraycopy(characters.ascii, 0, bytes, 0, 128);
      Arrays.fill(bytes, 128, 256, !characters.set.isAscii());
    }
    return new FirstBytes(bytes, false, false);
  }

  private FirstBytes firstBytes(int from) {
    boolean[] bytes = new boolean[256];
    boolean ends = false;
    boolean asks = false;
    boolean[] seen = new boolean[ops.size()];
    int[] stack = new int[2 * ops.size() + 2];
    int depth = 0;
    stack[depth++] = from;
    while (depth > 0) {
      int at = stack[--depth];
      if (seen[at]) {
        continue;
      }
      seen[at] = true;
      switch (ops.get(at)) {
        case MATCH -> ends = true;
        case ASSERT -> asks = true;
        case SAVE -> stack[depth++] = next[at];
        case SPLIT -> {
          stack[depth++] = next[at];
          stack[depth++] = other[at];
        }
        case CHAR, LITERAL -> addTaken(at, bytes);
        case RUN -> {
          addTaken(at, bytes);
          stack[depth++] = next[at];
        }
      }
    }
    return new FirstBytes(bytes, ends, asks);
  }

  private void addTaken(int instruction, boolean[] bytes) {
    boolean[] taken = taken(instruction).bytes();
    for (int b = 0; b < 256; b++) {
      bytes[b] |= taken[b];
    }
  }

  int start() {
    return start;
  }

  /** Splits are numbered from 0; an instruction's number is its argument. */
  int splitCount() {
    return splits;
  }

  Op[] ops() {
    return ops.toArray(Op[]::new);
  }

  /** By instruction: a place, a split's or slot's number, {@link Characters}, a literal's bytes. */
  Object[] arguments() {
    return arguments.toArray();
  }

  int[] next() {
    return next;
  }

  int[] other() {
    return other;
  }

  FirstBytes[] first() {
    return first;
  }

  /** Whether a match begins at the start of the text or nowhere. */
  boolean isAnchored() {
    int at = start;
    while (ops.get(at) == Op.SAVE) {
      at = next[at];
    }
    return ops.get(at) == Op.ASSERT && arguments.get(at) == RegexNode.Place.TEXT_START;
  }
}
