package dev.skald.conformance;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request with the answer that the reference gave; members as the corpus's own page describes them. */
record RecordedCase(Map<String, @Nullable Object> members) {
  String id() {
    return String.valueOf(members.get("id"));
  }

  boolean has(String member) {
    return members.get(member) != null;
  }

  @Nullable Object get(String member) {
    return members.get(member);
  }

  String text(String member, String otherwise) {
    return members.get(member) instanceof String text ? text : otherwise;
  }

  List<String> texts(String member) {
    return JsonTree.asArray(members.get(member)).orElse(List.of()).stream()
        .map(String::valueOf)
        .toList();
  }

  List<RecordedCase> before() {
    return JsonTree.asArray(members.get("before")).orElse(List.of()).stream()
        .map(step -> new RecordedCase(JsonTree.object(step)))
        .toList();
  }

  /** What the case is about, in a line. */
  String title() {
    Object params = members.containsKey("params") ? members.get("params") : members.get("form");
    Object query = JsonTree.asObject(params).map(p -> p.get("query")).orElse(null);
    String what = query == null ? text("method", "GET") + " " + text("path", "") : "" + query;
    return id() + "  " + (what.length() > 120 ? what.substring(0, 120) + "…" : what);
  }

  HttpReply send(RawHttp http, String defaultTenant) throws IOException {
    String target = text("path", "/");
    String query = has("rawQuery") ? text("rawQuery", "") : encode(members.get("params"));
    if (!query.isEmpty()) {
      target += "?" + query;
    }
    Map<String, String> headers = new LinkedHashMap<>();
    JsonTree.asObject(members.get("headers"))
        .ifPresent(given -> given.forEach((name, value) -> headers.put(name, "" + value)));
    byte @Nullable [] body = body(headers);
    boolean noTenant = members.containsKey("tenant") && members.get("tenant") == null;
    if (!noTenant && !names(headers).contains("x-scope-orgid")) {
      headers.put("X-Scope-OrgID", text("tenant", defaultTenant));
    }
    return http.send(text("method", "GET"), target, headers, body);
  }

  private byte @Nullable [] body(Map<String, String> headers) {
    if (has("form")) {
      if (!names(headers).contains("content-type")) {
        headers.put("Content-Type", "application/x-www-form-urlencoded");
      }
      return encode(members.get("form")).getBytes(StandardCharsets.UTF_8);
    }
    if (has("bodyBase64")) {
      return Base64.getDecoder().decode(text("bodyBase64", ""));
    }
    return has("body") ? text("body", "").getBytes(StandardCharsets.UTF_8) : null;
  }

  private static List<String> names(Map<String, String> headers) {
    return headers.keySet().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }

  private static String encode(@Nullable Object params) {
    List<String> pairs = new ArrayList<>();
    JsonTree.asObject(params)
        .ifPresent(
            all ->
                all.forEach(
                    (name, value) ->
                        JsonTree.asArray(value)
                            .orElse(java.util.Collections.singletonList(value))
                            .forEach(
                                item -> pairs.add(escape(name) + "=" + escape(expand(item))))));
    return String.join("&", pairs);
  }

  /** A long text is given as {@code {"repeat": [before, text, times, after]}}. */
  private static String expand(@Nullable Object value) {
    return JsonTree.asObject(value)
        .map(
            repeat -> {
              List<@Nullable Object> parts = JsonTree.array(repeat.get("repeat"));
              int times = Integer.parseInt(String.valueOf(parts.get(2)));
              return parts.get(0) + String.valueOf(parts.get(1)).repeat(times) + parts.get(3);
            })
        .orElse(String.valueOf(value));
  }

  private static String escape(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
