package dev.skald.logql.pipeline;

import java.util.Arrays;

/**
 * Where parsers without expressions put what they find in a row (spec logql.md 5): under the name's
 * {@code _extracted} form if stream or metadata have the name; not at all if the row has a parsed
 * label of that name, whatever stage set it; not at all if nobody needs it.
 */
final class FirstWins {
  private final RowBatch batch;
  private final NameTable names;
  private final LabelDemand demand;

  /** Per name id: {@link #round} of the row that has a parsed label of the name. */
  private int[] takenIn = new int[256];

  /** Per name id: 0 not asked yet, 1 needed, 2 not needed. */
  private byte[] needs = new byte[256];

  private int generation;
  private int round;
  private int place;
  private BaseLabels base;
  private int missing;

  FirstWins(RowBatch batch, LabelDemand demand) {
    this.batch = batch;
    this.demand = demand;
    names = batch.names();
    base = BaseLabels.NONE;
    generation = names.generation();
  }

  /** Turns to a row. */
  void begin(int newPlace) {
    if (generation != names.generation()) {
      generation = names.generation();
      Arrays.fill(needs, (byte) 0);
    }
    place = newPlace;
    base = batch.base(newPlace);
    round++;
    missing = demand.isAll() ? Integer.MAX_VALUE : demand.names().size();
    ParsedLabels parsed = batch.parsed();
    for (int slot = parsed.first(newPlace); slot >= 0; slot = parsed.next(slot)) {
      take(parsed.nameId(slot));
    }
    for (int slot = parsed.firstRemoved(newPlace); slot >= 0; slot = parsed.next(slot)) {
      take(parsed.nameId(slot));
    }
  }

  /** Whether the row has all labels that anyone needs: the parser may stop. */
  boolean isComplete() {
    return missing == 0;
  }

  /**
   * The name under which a value is to be added, or -1 if it is not wanted. The caller adds it with
   * {@link #add}.
   *
   * @param nameId of the sanitised name
   */
  int target(int nameId) {
    int target = base.collides(nameId) ? names.extracted(nameId) : nameId;
    ensure(target);
    return takenIn[target] == round || !needed(target) ? -1 : target;
  }

  /** Adds a label under a name that {@link #target} gave. */
  void add(int target, byte[] bytes, int start, int end) {
    take(target);
    batch.hide(place, target);
    batch.parsed().add(place, target, bytes, start, end);
  }

  /** Notes that a label was added under a name that {@link #target} gave. */
  void take(int nameId) {
    ensure(nameId);
    if (takenIn[nameId] != round) {
      takenIn[nameId] = round;
      if (needed(nameId) && missing != Integer.MAX_VALUE) {
        missing--;
      }
    }
  }

  private boolean needed(int nameId) {
    byte known = needs[nameId];
    if (known == 0) {
      known = (byte) (demand.needs(names.name(nameId)) ? 1 : 2);
      needs[nameId] = known;
    }
    return known == 1;
  }

  private void ensure(int nameId) {
    if (nameId >= takenIn.length) {
      int capacity = Math.max(nameId + 1, takenIn.length * 2);
      takenIn = Arrays.copyOf(takenIn, capacity);
      needs = Arrays.copyOf(needs, capacity);
    }
  }
}
