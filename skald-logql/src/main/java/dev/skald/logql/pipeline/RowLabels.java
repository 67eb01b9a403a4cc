package dev.skald.logql.pipeline;

import dev.skald.model.Label;
import dev.skald.model.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The labels of one row in layers: stream, structured metadata, parsed (spec logql.md 5). A name is
 * in one layer only: setting it in a higher one took it out of the lower. Borrowed, see
 * {@link RowBatch#labels}.
 */
public final class RowLabels {
  private final RowBatch batch;
  private final ByteSlice value = new ByteSlice();
  private final GoNumbers numbers = new GoNumbers();
  private int place;

  RowLabels(RowBatch batch) {
    this.batch = batch;
  }

  void show(int newPlace) {
    place = newPlace;
  }

  /** Whether there is such a label, be its value empty. */
  public boolean has(String name) {
    int id = batch.names().known(name);
    if (id == NameTable.ERROR && batch.error(place) != null) {
      return true;
    }
    if (id == NameTable.ERROR_DETAILS && batch.errorDetails(place) != null) {
      return true;
    }
    return id >= 0 && batch.find(place, id, value);
  }

  /** The value; empty if there is no such label. */
  public String get(String name) {
    int id = batch.names().known(name);
    if (id < 0) {
      return "";
    }
    String text = batch.text(place, id);
    if (text == null && id <= NameTable.ERROR_DETAILS) {
      return batch.find(place, id, value) ? value.text() : "";
    }
    return text == null ? "" : text;
  }

  /** The value as unwrap reads it; NaN if there is no such label, or it is no number. */
  public double number(String name) {
    int id = batch.names().known(name);
    boolean isNumber =
        id > NameTable.ERROR_DETAILS
            && batch.find(place, id, value)
            && value.length() > 0
            && numbers.readFloat(value.bytes, value.start, value.end) == null;
    return isNumber ? numbers.number : Double.NaN;
  }

  /**
   * Appends the value's UTF-8 bytes behind their length.
   *
   * @return false if there is no such label; an empty value is appended then
   */
  public boolean appendValue(String name, KeyBuffer out) {
    int id = batch.names().known(name);
    if (id >= 0 && id <= NameTable.ERROR_DETAILS) {
      boolean found = has(name);
      byte[] text = ByteSlice.utf8(get(name));
      out.appendPrefixed(text, 0, text.length);
      return found;
    }
    boolean found = id >= 0 && batch.find(place, id, value);
    if (found) {
      out.appendPrefixed(value.bytes, value.start, value.end);
    } else {
      out.appendVarint(0);
    }
    return found;
  }

  /**
   * Appends every label, name and value. Equal bytes mean equal labels; equal labels give equal
   * bytes only when they were set in the same order.
   */
  public void appendAll(KeyBuffer out) {
    BaseLabels base = batch.base(place);
    out.appendVarint(base.size());
    for (int i = 0; i < base.size(); i++) {
      append(out, batch.names().utf8(base.nameId(i)));
      append(out, base.value(i));
    }
    ParsedLabels parsed = batch.parsed();
    for (int slot = parsed.first(place); slot >= 0; slot = parsed.next(slot)) {
      append(out, batch.names().utf8(parsed.nameId(slot)));
      parsed.read(slot, value);
      out.appendPrefixed(value.bytes, value.start, value.end);
    }
    appendError(out, NameTable.ERROR, batch.error(place));
    appendError(out, NameTable.ERROR_DETAILS, batch.errorDetails(place));
  }

  private void appendError(KeyBuffer out, int nameId, @Nullable String text) {
    if (text != null) {
      append(out, batch.names().utf8(nameId));
      append(out, ByteSlice.utf8(text));
    }
  }

  private static void append(KeyBuffer out, byte[] bytes) {
    out.appendPrefixed(bytes, 0, bytes.length);
  }

  /** What is left of the stream's labels. */
  public Labels stream() {
    return batch.base(place).stream();
  }

  /** What is left of the structured metadata. */
  public Labels structuredMetadata() {
    return batch.base(place).metadata();
  }

  /** What stages added, errors included. */
  public Labels parsed() {
    if (!hasParsed()) {
      return Labels.EMPTY;
    }
    Map<String, String> added = new TreeMap<>();
    putParsed(added);
    return sorted(added);
  }

  /** All of them. */
  public Labels merged() {
    BaseLabels base = batch.base(place);
    if (!hasParsed()) {
      return base.merged();
    }
    Map<String, String> all = new TreeMap<>();
    for (int i = 0; i < base.size(); i++) {
      all.put(base.label(i).name(), base.label(i).value());
    }
    putParsed(all);
    return sorted(all);
  }

  private boolean hasParsed() {
    return batch.parsed().first(place) >= 0
        || batch.error(place) != null
        || batch.errorDetails(place) != null;
  }

  private void putParsed(Map<String, String> out) {
    ParsedLabels parsed = batch.parsed();
    for (int slot = parsed.first(place); slot >= 0; slot = parsed.next(slot)) {
      out.put(parsed.name(slot), parsed.text(slot));
    }
    String error = batch.error(place);
    if (error != null) {
      out.put(NameTable.ERROR_NAME, error);
    }
    String details = batch.errorDetails(place);
    if (details != null) {
      out.put(NameTable.ERROR_DETAILS_NAME, details);
    }
  }

  private static Labels sorted(Map<String, String> labels) {
    List<Label> list = new ArrayList<>(labels.size());
    labels.forEach((name, value) -> list.add(new Label(name, value)));
    return new Labels(list);
  }

  /**
   * Whether a metric query over this row fails (spec logql.md 8.10): its labels have an
   * {@code __error__} that is not empty, and {@code __preserve_error__} is not {@code "true"}.
   */
  public boolean hasError() {
    ByteSlice error = value;
    String state = batch.error(place);
    boolean failed =
        state == null
            ? batch.find(place, NameTable.ERROR, error) && error.length() > 0
            : !state.isEmpty();
    return failed && !get(NameTable.PRESERVE_ERROR_NAME).equals("true");
  }
}
