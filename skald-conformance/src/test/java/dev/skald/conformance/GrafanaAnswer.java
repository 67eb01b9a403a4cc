package dev.skald.conformance;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON answer, to be walked into. */
record GrafanaAnswer(@Nullable Object value) {
  static GrafanaAnswer of(HttpReply reply) throws IOException {
    return new GrafanaAnswer(JsonTree.parse(reply.text()));
  }

  /** What stands at names (members) and numbers (elements), one inside the other; null where there is nothing. */
  GrafanaAnswer at(Object... path) {
    Object here = value;
    for (Object step : path) {
      if (step instanceof Integer index) {
        List<@Nullable Object> list = JsonTree.asArray(here).orElse(List.of());
        here = index < list.size() ? list.get(index) : null;
      } else {
        Map<String, @Nullable Object> members = JsonTree.asObject(here).orElse(Map.of());
        here = members.get(step.toString());
      }
    }
    return new GrafanaAnswer(here);
  }

  boolean has(String member) {
    return JsonTree.object(value).containsKey(member);
  }

  /** Names of members in their order. */
  List<String> names() {
    return List.copyOf(JsonTree.object(value).keySet());
  }

  List<GrafanaAnswer> items() {
    return JsonTree.array(value).stream().map(GrafanaAnswer::new).toList();
  }

  /** Elements that must be texts. */
  List<String> texts() {
    return items().stream().map(GrafanaAnswer::text).toList();
  }

  String text() {
    if (value instanceof String text) {
      return text;
    }
    throw new AssertionError("a text wanted, found " + JsonTree.canonical(value));
  }

  BigDecimal number() {
    if (value instanceof BigDecimal number) {
      return number;
    }
    throw new AssertionError("a number wanted, found " + JsonTree.canonical(value));
  }

  boolean isNumber() {
    return value instanceof BigDecimal;
  }

  boolean isNull() {
    return value == null;
  }

  /** All entries or samples of a query's answer, series after series. */
  List<GrafanaAnswer> rows() {
    List<GrafanaAnswer> rows = new ArrayList<>();
    for (GrafanaAnswer series : at("data", "result").items()) {
      rows.addAll(series.at("values").items());
    }
    return rows;
  }

  /** The n-th element of each row, which must be a text. */
  List<String> column(int element) {
    return rows().stream().map(row -> row.at(element).text()).toList();
  }
}
