package dev.skald.logql.pipeline;

/** {@code decolorize}: takes terminal escape sequences out of the line (spec logql.md 6.12). */
final class DecolorizeStep implements Step {
  private final ParsedLabels parsed;

  DecolorizeStep(RowBatch batch) {
    parsed = batch.parsed();
  }

  @Override
  public void apply(RowBatch batch) {
    batch.loadLines();
    for (int i = 0; i < batch.count(); i++) {
      int place = batch.place(i);
      int start = batch.lineStartAt(place);
      int end = batch.lineEndAt(place);
      byte[] line = batch.lineBytesAt(place);
      int first = EscapeSequences.candidate(line, start, end);
      if (first == end) {
        continue;
      }
      parsed.reserve(end - start);
      int from = parsed.scratchLength();
      int to = EscapeSequences.remove(line, start, first, end, parsed.scratch(), from);
      parsed.commit(to);
      batch.setLine(place, parsed.scratch(), from, to);
    }
  }
}
