package dev.skald.logql.syntax;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A recorded request and its answer.
 *
 * @param query the query parameter; absent where the case sends it in a way that this level does
 * not see
 * @param expect the answer: text, or JSON as {@link JsonTree} reads it
 */
record RecordedCase(String id, Optional<String> query, int status, Object expect) {
  static List<RecordedCase> area(String area) throws IOException {
    Map<String, Object> file =
        JsonTree.object(JsonTree.parse(resource("conformance/" + area + ".json")));
    return JsonTree.array(JsonTree.member(file, "cases")).stream().map(RecordedCase::of).toList();
  }

  private static RecordedCase of(Object json) {
    Map<String, Object> members = JsonTree.object(json);
    Object params = members.getOrDefault("params", members.getOrDefault("form", Map.of()));
    Object query = JsonTree.object(params).get("query");
    return new RecordedCase(
        JsonTree.text(members, "id"),
        query instanceof String text ? Optional.of(text) : Optional.empty(),
        Integer.parseInt(JsonTree.text(members, "status")),
        members.getOrDefault("expect", ""));
  }

  static String resource(String name) throws IOException {
    try (InputStream in = RecordedCase.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new IOException("no such resource: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public String toString() {
    return id + " " + query.orElse("");
  }
}
