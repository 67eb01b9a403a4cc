package dev.skald.logql.pipeline;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Arrays;

/** {@code decolorize}: takes terminal escape sequences out of the line (spec logql.md 6.12). */
final class DecolorizeStep implements Step {
  private static final byte ESCAPE = 0x1b;

  /** The second byte of U+009B in UTF-8, the one-character form of {@code ESC [}. */
  private static final byte CSI_LAST = (byte) 0x9b;

  private static final Pattern SEQUENCE =
      Pattern.compile(
          "[\\x1b\\x{9b}][\\[\\]()#;?]*"
              + "(?:(?:(?:[a-zA-Z\\d]*(?:;[a-zA-Z\\d]*)*)?\\x07)"
              + "|(?:(?:\\d{1,4}(?:;\\d{0,4})*)?[\\dA-PRZcf-ntqry=><~]))");

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
      byte[] bytes = batch.lineBytesAt(place);
      if (mayHoldSequence(bytes, start, end)) {
        decolorize(batch, place, Arrays.copyOfRange(bytes, start, end));
      }
    }
  }

  private static boolean mayHoldSequence(byte[] bytes, int start, int end) {
    for (int i = start; i < end; i++) {
      if (bytes[i] == ESCAPE || bytes[i] == CSI_LAST) {
        return true;
      }
    }
    return false;
  }

  private void decolorize(RowBatch batch, int place, byte[] line) {
    parsed.reserve(line.length);
    byte[] scratch = parsed.scratch();
    int from = parsed.scratchLength();
    int out = from;
    int at = 0;
    Matcher matcher = SEQUENCE.matcher(line);
    while (matcher.find()) {
      int plain = matcher.start() - at;
      System.arraycopy(line, at, scratch, out, plain);
      out += plain;
      at = matcher.end();
    }
    System.arraycopy(line, at, scratch, out, line.length - at);
    out += line.length - at;
    parsed.commit(out);
    batch.setLine(place, scratch, from, out);
  }
}
