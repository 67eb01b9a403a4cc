package dev.skald.grep;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the leftmost match, and of those that begin there the one that RE2 prefers, with its
 * groups: by trying one branch after the other, each branch at each position once (RE2's "bit
 * state"). Where the next byte tells which branch to take, which is nearly everywhere in
 * expressions for logs, there is nothing to try. For one thread.
 */
final class CaptureSearch {
  /** Steps for each byte of the text, beyond which a text is given up: what keeps it linear. */
  private static final int STEPS_PER_BYTE = 32;

  private static final int STEPS_MIN = 1_000;

  /** Places that branches were tried at; texts for which there are more are given up. */
  private static final int VISITED_BITS_MAX = 1 << 20;

  private final CaptureProgram.Op[] ops;
  private final int[] next;
  private final int[] other;
  private final int[] numbers;
  private final CaptureProgram.Characters[] characters;
  private final byte[][] literals;
  private final RegexNode.Place[] places;
  private final CaptureProgram.FirstBytes[] first;
  private final int splitCount;
  private final int startAt;
  private final boolean anchored;

  private final int[] slots;
  private int[] stack = new int[64];
  private int depth;
  private long[] visited = new long[64];

  /** Words that may have bits set. */
  private int visitedWords;

  private boolean anyVisited;

  private byte[] text = {};
  private int textStart;
  private int textEnd;
  private int stepsLeft;

  /** What became of a search. */
  enum Outcome {
    FOUND,
    NOT_FOUND,
    GIVEN_UP
  }

  /** Groups are numbered from 1 to {@code groupCount}. */
  CaptureSearch(CaptureProgram program, int groupCount) {
    ops = program.ops();
    next = program.next();
    other = program.other();
    first = program.first();
    splitCount = program.splitCount();
    startAt = program.start();
    anchored = program.isAnchored();
    slots = new int[2 * groupCount + 2];
    numbers = new int[ops.length];
    characters = new CaptureProgram.Characters[ops.length];
    literals = new byte[ops.length][];
    places = new RegexNode.Place[ops.length];
    Object[] arguments = program.arguments();
    for (int i = 0; i < ops.length; i++) {
      switch (arguments[i]) {
        case Integer number -> numbers[i] = number;
        case CaptureProgram.Characters some -> characters[i] = some;
        case byte[] literal -> literals[i] = literal;
        case RegexNode.Place place -> places[i] = place;
        default -> {} // the match has none
      }
    }
  }

  /** Where group {@code number} begins; -1 if it is not part of the match. Legal after FOUND. */
  int start(int number) {
    return slots[2 * number];
  }

  int end(int number) {
    return slots[2 * number + 1];
  }

  /**
   * Searches valid UTF-8 {@code [start, end)}, in which no match begins before {@code from}, where
   * a character begins.
   *
   * @param leading where a match may begin; null: anywhere
   */
  Outcome find(byte[] bytes, int start, int from, int end, @Nullable NeedleFinder leading) {
    long bits = (long) splitCount * (end - start + 1);
    if (bits > VISITED_BITS_MAX) {
      return Outcome.GIVEN_UP;
    }
    text = bytes;
    textStart = start;
    textEnd = end;
    stepsLeft =
        Math.max(
            STEPS_MIN, (int) Math.min(Integer.MAX_VALUE, (long) STEPS_PER_BYTE * (end - start)));
    clearVisited((int) (bits >> 6) + 1);
    boolean[] begins = first[startAt].bytes();
    boolean mayBeEmpty = first[startAt].isFree();
    int at = from;
    while (at <= end) {
      if (leading != null && at > from) {
        at = leading.find(bytes, at, end);
        if (at < 0) {
          return Outcome.NOT_FOUND;
        }
      }
      while (!mayBeEmpty && at < end && !begins[bytes[at] & 0xff]) {
        at++;
      }
      boolean isInside = at < end && (bytes[at] & 0xc0) == 0x80; // of a character
      if (!isInside && tryAt(at)) {
        return Outcome.FOUND;
      }
      if (stepsLeft < 0) {
        return Outcome.GIVEN_UP;
      }
      if (anchored) {
        return Outcome.NOT_FOUND;
      }
      at++;
    }
    return Outcome.NOT_FOUND;
  }

  private void clearVisited(int words) {
    if (anyVisited) {
      Arrays.fill(visited, 0, visitedWords, 0);
      anyVisited = false;
    }
    if (words > visited.length) {
      visited = new long[words];
    }
    visitedWords = words;
  }

  private boolean tryAt(int from) {
    Arrays.fill(slots, -1);
    depth = 0;
    int at = from;
    int instruction = startAt;
    while (stepsLeft-- >= 0) {
      boolean fails = false;
      switch (ops[instruction]) {
        case MATCH -> {
          return true;
        }
        case LITERAL -> {
          at = behindLiteral(literals[instruction], at);
          fails = at < 0;
        }
        case CHAR -> {
          at = behindCharacter(characters[instruction], at);
          fails = at < 0;
        }
        case RUN -> at = behindRun(characters[instruction], at);
        case SAVE -> save(numbers[instruction], at);
        case ASSERT -> fails = !holds(places[instruction], at);
        case SPLIT -> {
          boolean one = mayGoOn(next[instruction], at);
          boolean two = mayGoOn(other[instruction], at);
          if (one && two) {
            fails = !visit(numbers[instruction], at);
            if (!fails) {
              push(other[instruction], at);
            }
          } else if (two) {
            instruction = other[instruction];
            continue;
          } else {
            fails = !one;
          }
        }
      }
      if (!fails) {
        instruction = next[instruction];
        continue;
      }
      while (depth > 0 && stack[depth - 2] < 0) { // what was noted since is taken back
        depth -= 2;
        slots[~stack[depth]] = stack[depth + 1];
      }
      if (depth == 0) {
        return false;
      }
      depth -= 2;
      instruction = stack[depth];
      at = stack[depth + 1];
    }
    return false;
  }

  private boolean mayGoOn(int instruction, int at) {
    CaptureProgram.FirstBytes some = first[instruction];
    return some.isFree() || (at < textEnd && some.bytes()[text[at] & 0xff]);
  }

  /**
   * False if the branch was tried there before: it fails, or what it leads to is still to be tried.
   */
  private boolean visit(int split, int at) {
    int bit = split * (textEnd - textStart + 1) + at - textStart;
    boolean isNew = (visited[bit >> 6] & 1L << bit) == 0;
    visited[bit >> 6] |= 1L << bit;
    anyVisited = true;
    return isNew;
  }

  private void push(int instruction, int at) {
    if (depth == stack.length) {
      stack = Arrays.copyOf(stack, 2 * depth);
    }
    stack[depth++] = instruction;
    stack[depth++] = at;
  }

  private void save(int slot, int at) {
    if (depth > 0) {
      push(~slot, slots[slot]);
    }
    slots[slot] = at;
  }

  private int behindLiteral(byte[] literal, int at) {
    int end = at + literal.length;
    return end <= textEnd && Arrays.equals(text, at, end, literal, 0, literal.length) ? end : -1;
  }

  private int behindCharacter(CaptureProgram.Characters some, int at) {
    if (at == textEnd) {
      return -1;
    }
    byte b = text[at];
    if (b >= 0) {
      return some.ascii[b] ? at + 1 : -1;
    }
    int length = Utf8Check.lengthOf(b);
    return some.set.has(Utf8Check.decode(text, at, length)) ? at + length : -1;
  }

  private int behindRun(CaptureProgram.Characters some, int from) {
    boolean[] ascii = some.ascii;
    byte[] bytes = text;
    int end = textEnd;
    int at = from;
    while (at < end) {
      byte b = bytes[at];
      if (b >= 0) {
        if (!ascii[b]) {
          break;
        }
        at++;
      } else {
        int behind = behindCharacter(some, at);
        if (behind < 0) {
          break;
        }
        at = behind;
      }
    }
    stepsLeft -= (at - from) / 4; // a byte of a run is cheaper than a step
    return at;
  }

  private boolean holds(RegexNode.Place place, int at) {
    return switch (place) {
      case TEXT_START -> at == textStart;
      case TEXT_END -> at == textEnd;
      case LINE_START -> at == textStart || text[at - 1] == '\n';
      case LINE_END -> at == textEnd || text[at] == '\n';
      case WORD_BOUNDARY ->
          (at > textStart && isWord(text[at - 1])) != (at < textEnd && isWord(text[at]));
    };
  }

  private static boolean isWord(byte b) {
    return b >= 0 && CharSet.WORD.has(b);
  }
}
