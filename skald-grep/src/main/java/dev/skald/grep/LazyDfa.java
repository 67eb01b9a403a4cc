package dev.skald.grep;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A deterministic automaton over bytes, built state by state as texts need them (RE2's method, R.
 * Cox, swtch.com/~rsc/regexp/regexp3.html). For one thread. Time is linear in the text; memory is
 * bounded: beyond {@link #STATES_MAX} states, or {@link #SET_VALUES_MAX}, all are dropped and
 * built anew.
 *
 * <p>A state is the set of instructions reached before the next byte, not yet expanded through
 * assertions, and what kind of place came before. Assertions are settled when the next byte (or the
 * end) is known. So one table entry says: from this state, with a byte of this class, to that
 * state; entering {@link #MATCHED} ends the search.
 */
final class LazyDfa {
  /** States kept at once; each costs a row of {@code classes} ints and its set. */
  private static final int STATES_MAX = 2_000;

  /** Instructions in the sets of all states: 2 MiB. Sets of large expressions are large. */
  private static final int SET_VALUES_MAX = 1 << 19;

  /** Entries of the table: these, or where the next state's row begins. */
  private static final int UNKNOWN = -1;

  private static final int DEAD = 0;
  private static final int MATCHED = 1;

  /** Rows of states begin behind {@link #MATCHED}, as a row has two classes at least. */
  private static final int FIRST_STATE = 1;

  /** What stands before the next byte. */
  private enum Before {
    TEXT_START,
    NEWLINE,
    WORD,
    OTHER
  }

  private final ByteProgram program;
  private final RegexFilter.Anchor anchor;
  private final int[] classOf = new int[256];
  private final int classes;
  private final int[] sampleOf;

  private final Map<Key, Integer> rows = new HashMap<>();
  private Key[] states = new Key[64];
  private int[] table = new int[0];
  private int stateCount;
  private int setValues;
  private int rowAtTextStart;
  private int rowBehindNewline;
  private int rowBehindWord;
  private int rowBehindOther;

  // Scratch for building states.
  private final int[] stack;
  private final boolean[] seen;
  private final int[] reached;
  private int reachedCount;
  private boolean sawMatch;

  /** A state: sorted instructions and what stands before. Arrays are never changed. */
  private record Key(IntSet set, Before before) {}

  /** An array that is equal by content. */
  private static final class IntSet {
    private final int[] values;

    IntSet(int[] values) {
      this.values = values;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof IntSet set && Arrays.equals(values, set.values);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }
  }

  LazyDfa(ByteProgram program, RegexFilter.Anchor anchor) {
    this.program = program;
    this.anchor = anchor;
    this.stack = new int[2 * program.size() + 2];
    this.seen = new boolean[program.size()];
    this.reached = new int[program.size()];
    this.classes = splitBytes() + 1; // and one for the end of the text
    this.sampleOf = new int[classes];
    for (int b = 255; b >= 0; b--) {
      sampleOf[classOf[b]] = b;
    }
    reset();
  }

  /** Bytes that no instruction tells apart share a class. */
  private int splitBytes() {
    boolean[] boundary = new boolean[257];
    for (int i = 0; i < program.size(); i++) {
      if (program.op(i) == ByteProgram.Op.BYTE && program.low(i) <= program.high(i)) {
        boundary[program.low(i)] = true;
        boundary[program.high(i) + 1] = true;
      }
    }
    for (int b = 1; b < 256 && program.hasAssertions(); b++) {
      boundary[b] |= kind(b) != kind(b - 1);
    }
    int current = 0;
    for (int b = 1; b < 256; b++) {
      if (boundary[b]) {
        current++;
      }
      classOf[b] = current;
    }
    return current + 1;
  }

  private static Before kind(int b) {
    if (b == '\n') {
      return Before.NEWLINE;
    }
    return b < 0x80 && CharSet.WORD.has(b) ? Before.WORD : Before.OTHER;
  }

  private void reset() {
    rows.clear();
    setValues = 0;
    stateCount = FIRST_STATE;
    if (table.length == 0) {
      table = new int[64 * classes];
    }
    Arrays.fill(table, UNKNOWN);
    rowAtTextStart = firstRow(Before.TEXT_START);
    rowBehindNewline = firstRow(Before.NEWLINE);
    rowBehindWord = firstRow(Before.WORD);
    rowBehindOther = firstRow(Before.OTHER);
  }

  private int firstRow(Before before) {
    IntSet start = new IntSet(new int[] {program.start()});
    return row(new Key(start, program.hasAssertions() ? before : Before.OTHER));
  }

  /** Where the state's row begins in the table. */
  private int row(Key key) {
    Integer known = rows.get(key);
    if (known != null) {
      return known;
    }
    int number = stateCount++;
    if (number == states.length) {
      states = Arrays.copyOf(states, number * 2);
    }
    if ((number + 1) * classes > table.length) {
      int before = table.length;
      table = Arrays.copyOf(table, before * 2);
      Arrays.fill(table, before, table.length, UNKNOWN);
    }
    states[number] = key;
    setValues += key.set().values.length;
    rows.put(key, number * classes);
    return number * classes;
  }

  /** What a run over a text says. */
  enum Verdict {
    MATCHES,
    MATCHES_NOT,
    /** The text is not UTF-8 as far as it was looked at. */
    BROKEN
  }

  /**
   * Whether text {@code [start, end)} matches, where it is known that no match begins before {@code
   * from}, which is where a character begins. Whether bytes are UTF-8 is asked when the first one
   * beyond ASCII is met.
   */
  Verdict run(byte[] text, int start, int from, int end) {
    int row = firstRow(text, start, from);
    boolean isChecked = false;
    for (int at = from; at < end; at++) {
      int b = text[at];
      if (b < 0 && !isChecked) {
        if (!Utf8Check.isValid(text, at, end)) {
          return Verdict.BROKEN;
        }
        isChecked = true;
      }
      int byteClass = classOf[b & 0xff];
      int to = table[row + byteClass];
      if (to <= MATCHED) {
        if (to == UNKNOWN) {
          to = step(row, byteClass);
        }
        if (to <= MATCHED) {
          return to == MATCHED ? Verdict.MATCHES : Verdict.MATCHES_NOT;
        }
      }
      row = to;
    }
    int last = table[row + classes - 1];
    if (last == UNKNOWN) {
      last = step(row, classes - 1);
    }
    return last == MATCHED ? Verdict.MATCHES : Verdict.MATCHES_NOT;
  }

  private int firstRow(byte[] text, int start, int from) {
    if (from == start) {
      return rowAtTextStart;
    }
    return switch (kind(text[from - 1] & 0xff)) {
      case TEXT_START -> rowAtTextStart;
      case NEWLINE -> rowBehindNewline;
      case WORD -> rowBehindWord;
      case OTHER -> rowBehindOther;
    };
  }

  /** Builds the entry for a state and a class of bytes; the last class is the end of the text. */
  private int step(int fromRow, int byteClass) {
    Key state = states[fromRow / classes];
    boolean atEnd = byteClass == classes - 1;
    int sample = sampleOf[byteClass];
    expand(state, atEnd, sample);
    int to;
    boolean endsHere = sawMatch && (anchor == RegexFilter.Anchor.NONE || atEnd);
    if (endsHere) {
      to = MATCHED;
    } else if (atEnd) {
      to = DEAD;
    } else {
      to = after(sample);
    }
    if (stateCount > STATES_MAX || setValues > SET_VALUES_MAX) {
      // The caller's state must survive: it goes on from the one just reached.
      Key kept = to <= MATCHED ? null : states[to / classes];
      reset();
      return kept == null ? to : row(kept);
    }
    table[fromRow + byteClass] = to;
    return to;
  }

  /** The state behind the byte, from the instructions that {@link #expand} reached. */
  private int after(int sample) {
    int[] next = new int[reachedCount + 1];
    int count = 0;
    for (int i = 0; i < reachedCount; i++) {
      int instruction = reached[i];
      if (program.op(instruction) == ByteProgram.Op.BYTE && program.takes(instruction, sample)) {
        next[count++] = program.next(instruction);
      }
    }
    if (anchor == RegexFilter.Anchor.NONE) {
      next[count++] = program.start(); // a match may begin at any byte
    }
    if (count == 0) {
      return DEAD;
    }
    int[] set = Arrays.stream(next, 0, count).sorted().distinct().toArray();
    Before before = program.hasAssertions() ? kind(sample) : Before.OTHER;
    return row(new Key(new IntSet(set), before));
  }

  /** Follows splits, and assertions that hold between what came before and the next byte. */
  private void expand(Key state, boolean atEnd, int nextByte) {
    Arrays.fill(seen, false);
    reachedCount = 0;
    sawMatch = false;
    int depth = 0;
    for (int instruction : state.set().values) {
      stack[depth++] = instruction;
      while (depth > 0) {
        int at = stack[--depth];
        if (seen[at]) {
          continue;
        }
        seen[at] = true;
        switch (program.op(at)) {
          case MATCH -> sawMatch = true;
          case BYTE -> reached[reachedCount++] = at;
          case SPLIT -> {
            stack[depth++] = program.next(at);
            stack[depth++] = program.other(at);
          }
          case ASSERT -> {
            if (holds(program.place(at), state.before(), atEnd, nextByte)) {
              stack[depth++] = program.next(at);
            }
          }
        }
      }
    }
  }

  private static boolean holds(RegexNode.Place place, Before before, boolean atEnd, int nextByte) {
    boolean wordBefore = before == Before.WORD;
    boolean wordAfter = !atEnd && kind(nextByte) == Before.WORD;
    return switch (place) {
      case TEXT_START -> before == Before.TEXT_START;
      case TEXT_END -> atEnd;
      case LINE_START -> before == Before.TEXT_START || before == Before.NEWLINE;
      case LINE_END -> atEnd || nextByte == '\n';
      case WORD_BOUNDARY -> wordBefore != wordAfter;
    };
  }
}
