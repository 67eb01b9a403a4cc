package dev.skald.logql.pipeline;

import dev.skald.logql.pipeline.KeyTree.Node;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * {@code unpack}: undoes the packing of a collecting agent (spec logql.md 6.8). The member
 * {@code _entry} becomes the line, the other texts become labels; without {@code _entry} nothing
 * happens.
 */
final class UnpackStep implements Step {
  private static final byte[] ENTRY = ByteSlice.utf8("_entry");
  private static final String NO_OBJECT = "expecting json object(6), but it is not";

  private final RowBatch batch;
  private final ParsedLabels parsed;
  private final KeyTree keys;
  private final FirstWins labels;
  private final JsonLabels jsonLabels;
  private final JsonMembers members = new JsonMembers();
  private final boolean preservesErrors;

  UnpackStep(RowBatch batch, LabelDemand demand) {
    this.batch = batch;
    parsed = batch.parsed();
    keys = new KeyTree(batch.names(), demand);
    labels = new FirstWins(batch, demand);
    jsonLabels = new JsonLabels(keys, labels, parsed);
    preservesErrors = ParserErrors.arePreserved(demand);
  }

  @Override
  public void apply(RowBatch theBatch) {
    theBatch.loadLines();
    for (int i = 0; i < theBatch.count(); i++) {
      int place = theBatch.place(i);
      byte[] bytes = theBatch.lineBytesAt(place);
      int start = theBatch.lineStartAt(place);
      int end = theBatch.lineEndAt(place);
      if (start == end) {
        continue;
      }
      String fault = bytes[start] == '{' ? unpack(place, bytes, start, end) : NO_OBJECT;
      if (fault != null) {
        ParserErrors.set(theBatch, place, ParserErrors.JSON, fault, preservesErrors);
      }
    }
  }

  /** Returns what is wrong, or null. */
  private @Nullable String unpack(int place, byte[] bytes, int start, int end) {
    jsonLabels.begin(place);
    Node root = keys.root();
    long mark = parsed.mark(place);
    BaseLabels base = batch.base(place);
    ByteSlice entry = null;
    members.begin(bytes, start, end);
    while (members.nextKey()) {
      int keyStart = members.keyStart;
      int keyEnd = members.keyEnd;
      Node key = jsonLabels.key(root, bytes, keyStart, keyEnd);
      if (key == null) {
        parsed.rewind(place, mark);
        return JsonValue.ESCAPE_FAULT;
      }
      if (!members.readValue() || members.value.kind != JsonValue.Kind.STRING) {
        continue;
      }
      if (Arrays.equals(ENTRY, 0, ENTRY.length, bytes, keyStart, keyEnd)) {
        entry = JsonLabels.decodeString(parsed, bytes, members.value.start, members.value.end);
      } else {
        jsonLabels.addString(key, bytes, members.value.start, members.value.end);
      }
    }
    if (entry == null || members.fault() != null) {
      parsed.rewind(place, mark);
      batch.setBase(place, base);
    } else {
      batch.setLine(place, entry.bytes, entry.start, entry.end);
    }
    return members.fault();
  }
}
