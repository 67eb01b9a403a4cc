package dev.skald.logql.pipeline;

import dev.skald.logql.pipeline.ValueCheck.OneOf;
import dev.skald.logql.pipeline.ValueCheck.Without;
import java.util.ArrayList;
import java.util.List;

/**
 * What a slot's value must be like so that no occurrence of a literal overlaps it. The literal may lie in the value, or
 * over its borders if the text there agrees, or over the whole slot, be it empty. Each way takes some of the literal's
 * bytes to be in the value; a byte that all ways take is enough to be absent.
 */
final class LiteralAbsence {
  private final byte[] literal;

  /** Bytes that stand before and behind the slot in every line, as far as they are the same. */
  private final byte[] before;

  private final byte[] after;

  /** Whether a slot stands beyond these; else nothing does that could belong to an occurrence. */
  private final boolean isOpenBefore;

  private final boolean isOpenAfter;

  /** Bytes that every way so far takes. */
  private final List<Byte> taken = new ArrayList<>();

  private boolean anyWay;
  private boolean mayBeOverEmpty;

  private LiteralAbsence(FilledShape filled, int slot, int from, byte[] literal) {
    this.literal = literal;
    before = filled.textBefore(slot, from);
    after = filled.textBefore(slot + 1, 0);
    isOpenBefore = filled.slotStart(slot) - before.length > from;
    isOpenAfter = slot + 1 < filled.slotCount();
  }

  /**
   * @param from where in the made-up line an occurrence may begin at the earliest
   */
  static ValueCheck of(FilledShape filled, int slot, int from, byte[] literal) {
    LiteralAbsence absence = new LiteralAbsence(filled, slot, from, literal);
    for (int i = 0; i < literal.length; i++) {
      for (int j = i; j <= literal.length; j++) {
        if (absence.mayLie(i, j)) {
          absence.take(i, j);
        }
      }
    }
    return absence.check();
  }

  /** Whether the literal may lie so that bytes {@code [i, j)} of it are in the slot. */
  private boolean mayLie(int i, int j) {
    boolean overlaps = i < j || (i > 0 && j < literal.length);
    return overlaps && agreesBefore(i) && agreesAfter(j);
  }

  private boolean agreesBefore(int count) {
    if (count > before.length && !isOpenBefore) {
      return false;
    }
    for (int k = 1; k <= Math.min(count, before.length); k++) {
      if (before[before.length - k] != literal[count - k]) {
        return false;
      }
    }
    return true;
  }

  private boolean agreesAfter(int from) {
    int count = literal.length - from;
    if (count > after.length && !isOpenAfter) {
      return false;
    }
    for (int k = 0; k < Math.min(count, after.length); k++) {
      if (after[k] != literal[from + k]) {
        return false;
      }
    }
    return true;
  }

  private void take(int i, int j) {
    if (i == j) {
      mayBeOverEmpty = true;
      return;
    }
    List<Byte> here = new ArrayList<>();
    for (int k = i; k < j; k++) {
      here.add(literal[k]);
    }
    if (anyWay) {
      taken.retainAll(here);
    } else {
      taken.addAll(here);
    }
    anyWay = true;
  }

  private ValueCheck check() {
    int lengthMin = mayBeOverEmpty ? 1 : 0;
    List<ValueCheck> checks = new ArrayList<>();
    for (byte one : taken) {
      checks.add(new Without(ByteSet.NONE.plus(new byte[] {one}), lengthMin));
    }
    if (checks.isEmpty()) {
      checks.add(new Without(ByteSet.NONE.plus(literal), lengthMin));
    }
    return new OneOf(checks);
  }
}
