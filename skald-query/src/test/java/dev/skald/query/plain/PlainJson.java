package dev.skald.query.plain;

import dev.skald.logql.syntax.ExpressionException;
import dev.skald.logql.syntax.JsonPath;
import dev.skald.logql.syntax.Stage;
import dev.skald.query.plain.PlainJsonReader.Document;
import dev.skald.query.plain.PlainJsonReader.Value;
import java.util.List;

/** {@code json} (spec logql.md 6.2, 6.3). */
final class PlainJson {
  private static final String ERROR = "JSONParserErr";

  private PlainJson() {}

  static void parse(Stage.Json stage, PlainRow row) {
    if (stage.extractions().isEmpty()) {
      all(row);
    } else if (!row.line.isEmpty()) {
      expressions(stage.extractions(), row);
    }
  }

  private static void all(PlainRow row) {
    Document document = PlainJsonReader.read(row.line);
    if (document.root() instanceof Value.Members object) {
      members(object, "", row);
    }
    if (document.isFaulty() || !(document.root() instanceof Value.Members)) {
      row.setError(ERROR, "malformed");
    }
  }

  private static void members(Value.Members object, String prefix, PlainRow row) {
    for (PlainJsonReader.Member member : object.members()) {
      String key = member.key().strip();
      if (prefix.isEmpty() && key.isEmpty()) {
        continue;
      }
      String joined = key.isEmpty() || prefix.isEmpty() ? prefix + key : prefix + "_" + key;
      switch (member.value()) {
        case Value.Text(String text, String _) -> row.extract(PlainRow.sanitised(joined), text);
        case Value.Bare(String raw) -> row.extract(PlainRow.sanitised(joined), raw);
        case Value.Null _, Value.Array _ -> {}
        case Value.Members inner -> members(inner, joined, row);
      }
    }
  }

  private static void expressions(List<Stage.Extraction> extractions, PlainRow row) {
    if ("\"{[".indexOf(row.line.charAt(0)) < 0) {
      row.setError(ERROR, "");
      return;
    }
    Document document = PlainJsonReader.read(row.line);
    if (document.isFaulty()) {
      throw new PlainUndetermined("paths in broken JSON");
    }
    for (Stage.Extraction extraction : extractions) {
      Value found = find(document.root(), path(extraction));
      boolean wasDropped =
          row.find(extraction.identifier()) == null
              && !row.extractedName(extraction.identifier()).equals(extraction.identifier());
      if (found != null && wasDropped) {
        throw new PlainUndetermined("whether a dropped stream label comes back empty");
      }
      if (found != null) {
        row.extractExpression(extraction.identifier(), found.asLabel());
      } else if (row.find(extraction.identifier()) == null) {
        row.set(extraction.identifier(), "");
      }
    }
  }

  /** Null if there is nothing. */
  private static Value find(Value root, JsonPath path) {
    Value value = root;
    for (JsonPath.Step step : path.steps()) {
      value =
          switch (step) {
            case JsonPath.Step.Key(String name) ->
                value instanceof Value.Members object ? object.member(name) : null;
            case JsonPath.Step.Index(int index) ->
                value instanceof Value.Array array && index < array.elements().size()
                    ? array.elements().get(index)
                    : null;
          };
    }
    return value;
  }

  private static JsonPath path(Stage.Extraction extraction) {
    try {
      return JsonPath.parse(extraction.expression());
    } catch (ExpressionException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
