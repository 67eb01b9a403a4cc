package dev.skald.query.plain;

import dev.skald.query.plain.PlainJsonReader.Document;
import dev.skald.query.plain.PlainJsonReader.Member;
import dev.skald.query.plain.PlainJsonReader.Value;

/** {@code unpack} (spec logql.md 6.8). */
final class PlainUnpack {
  private static final String ENTRY = "_entry";

  private PlainUnpack() {}

  static void parse(PlainRow row) {
    if (row.line.isEmpty()) {
      return;
    }
    Document document = row.line.startsWith("{") ? PlainJsonReader.read(row.line) : null;
    if (document == null || document.isFaulty()) {
      row.setError("JSONParserErr", "not packed");
      return;
    }
    Value.Members object = (Value.Members) document.root();
    if (!(object.member(ENTRY) instanceof Value.Text(String line, String _))) {
      return;
    }
    for (Member member : object.members()) {
      String name = PlainRow.sanitised(member.key());
      boolean isLabel = !member.key().equals(ENTRY) && !name.isEmpty();
      if (isLabel && member.value() instanceof Value.Text(String text, String _)) {
        row.extract(name, text);
      }
    }
    row.line = line;
  }
}
