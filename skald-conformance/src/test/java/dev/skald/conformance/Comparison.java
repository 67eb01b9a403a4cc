package dev.skald.conformance;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whether an answer is what a case wants; the rules are those of the corpus's own page. */
final class Comparison {
  private final RecordedCase wanted;
  private final HttpReply reply;

  private Comparison(RecordedCase wanted, HttpReply reply) {
    this.wanted = wanted;
    this.reply = reply;
  }

  /** An answer that differs; the message says where. */
  static final class Difference extends Exception {
    private static final long serialVersionUID = 1L;

    Difference(String message) {
      super(message);
    }
  }

  static void check(RecordedCase wanted, HttpReply reply) throws Difference, IOException {
    Comparison comparison = new Comparison(wanted, reply);
    comparison.checkHead();
    comparison.checkBody();
  }

  private void checkHead() throws Difference {
    List<String> allowed = new ArrayList<>(List.of(String.valueOf(wanted.get("status"))));
    allowed.addAll(wanted.texts("acceptStatus"));
    if (!allowed.contains(Integer.toString(reply.status()))) {
      throw new Difference(
          "status: wanted "
              + allowed
              + ", found "
              + reply.status()
              + "; body "
              + show(reply.text()));
    }
    String contentType = wanted.text("contentType", "");
    if (!contentType.isEmpty() && !media(contentType).equals(media(reply.contentType()))) {
      throw new Difference(
          "content type: wanted " + contentType + ", found " + reply.contentType());
    }
    Map<String, @Nullable Object> headers =
        JsonTree.asObject(wanted.get("expectHeaders")).orElse(Map.of());
    for (Map.Entry<String, @Nullable Object> header : headers.entrySet()) {
      String found = reply.headers().get(header.getKey().toLowerCase(Locale.ROOT));
      if (!String.valueOf(header.getValue()).equals(found)) {
        throw new Difference("header " + header + ": found " + found);
      }
    }
  }

  private static String media(String value) {
    return value.toLowerCase(Locale.ROOT).replace(" ", "");
  }

  private void checkBody() throws Difference, IOException {
    Object want = wanted.get("expect");
    String text = reply.text();
    switch (wanted.text("compare", "exact")) {
      case "status-only" -> {}
      case "prefix" -> same(text.startsWith(String.valueOf(want)), want, text);
      case "parts" -> same(parts(String.valueOf(want)).equals(parts(text)), want, text);
      case "yaml" -> same(yaml(String.valueOf(want)).equals(yaml(text)), want, text);
      case "members" -> checkMembers(JsonTree.array(want));
      case String compare -> {
        if (want instanceof String) {
          same(want.equals(text), want, text);
        } else {
          checkJson(want, compare);
        }
      }
    }
  }

  private static void same(boolean equal, @Nullable Object want, String found) throws Difference {
    if (!equal) {
      throw new Difference("body: wanted " + show(want) + ", found " + show(found));
    }
  }

  private static List<String> parts(String text) {
    return Arrays.stream(text.strip().split("; ")).sorted().toList();
  }

  /** YAML reduced to what indentation and quoting do not change: enough for rule groups. */
  private static List<String> yaml(String text) {
    List<String> lines = new ArrayList<>();
    for (String line : text.split("\n")) {
      String bare = line.strip();
      int colon = bare.indexOf(": ");
      String value = colon < 0 ? "" : bare.substring(colon + 2).strip();
      boolean quoted =
          value.length() > 1
              && value.charAt(0) == value.charAt(value.length() - 1)
              && "\"'".indexOf(value.charAt(0)) >= 0;
      String plain = quoted ? value.substring(1, value.length() - 1) : value;
      if (!bare.isEmpty()) {
        lines.add(colon < 0 ? bare : bare.substring(0, colon + 2) + plain);
      }
    }
    return lines;
  }

  private void checkMembers(List<@Nullable Object> names) throws Difference, IOException {
    Object data = JsonTree.object(JsonTree.parse(reply.text())).get("data");
    Set<String> found = new TreeSet<>();
    collectNames(JsonTree.object(data).get("stats"), "", found);
    List<String> missing =
        names.stream().map(String::valueOf).filter(name -> !found.contains(name)).toList();
    if (!missing.isEmpty()) {
      throw new Difference("data.stats: missing " + missing);
    }
  }

  private static void collectNames(@Nullable Object value, String prefix, Set<String> names) {
    JsonTree.asObject(value)
        .ifPresent(
            members ->
                members.forEach(
                    (name, inner) -> {
                      names.add(prefix + name);
                      collectNames(inner, prefix + name + ".", names);
                    }));
  }

  private void checkJson(@Nullable Object want, String compare) throws Difference, IOException {
    Object found;
    try {
      found = JsonTree.parse(reply.text());
    } catch (IOException e) {
      throw new Difference("body: JSON wanted, found " + show(reply.text()));
    }
    boolean hadStats = removeStats(found);
    removeStats(want);
    if (Boolean.TRUE.equals(wanted.get("stats")) && !hadStats) {
      throw new Difference("data.stats: missing");
    }
    for (String path : wanted.texts("ignore")) {
      remove(want, path);
      remove(found, path);
    }
    if (compare.equals("count")) {
      same(counts(want).equals(counts(found)), counts(want), counts(found));
      return;
    }
    ValueMatch match = new ValueMatch(Tolerance.of(wanted.get("tolerance")));
    if (ResultMatch.isResult(want) && !compare.equals("set")) {
      boolean anyTies = wanted.text("ties", "").equals("any");
      new ResultMatch(match, anyTies).check(want, found, compare.equals("exact"));
    } else {
      boolean anyOrder = compare.equals("set") || compare.equals("unordered-series");
      match.check(want, found, "body", anyOrder);
    }
  }

  private static boolean removeStats(@Nullable Object body) {
    Map<String, @Nullable Object> members = JsonTree.asObject(body).orElse(Map.of());
    var data = JsonTree.asObject(members.get("data"));
    if (data.isPresent()) {
      boolean had = data.get().containsKey("stats");
      data.get().remove("stats");
      return had;
    }
    return members.containsKey("streams")
        && members.containsKey("stats")
        && JsonTree.canonical(members.remove("stats")).length() > 0;
  }

  private static String counts(@Nullable Object body) {
    if (ResultMatch.isResult(body)) {
      Map<String, @Nullable Object> data = JsonTree.object(JsonTree.object(body).get("data"));
      List<@Nullable Object> result = JsonTree.array(data.get("result"));
      if ("streams".equals(data.get("resultType"))) {
        long entries =
            result.stream()
                .mapToLong(one -> JsonTree.array(JsonTree.object(one).get("values")).size())
                .sum();
        return "streams " + entries;
      }
      return data.get("resultType") + " " + result.size();
    }
    for (String name : List.of("data", "fields", "values", "detectedLabels")) {
      Object list = JsonTree.asObject(body).map(members -> members.get(name)).orElse(null);
      if (list instanceof List<?> elements) {
        return name + " " + elements.size();
      }
    }
    return "body " + JsonTree.canonical(body);
  }

  /** Removes what a dotted path names; {@code []} stands for every element of an array. */
  private static void remove(@Nullable Object body, String path) {
    int dot = path.indexOf('.');
    String head = dot < 0 ? path : path.substring(0, dot);
    String rest = dot < 0 ? "" : path.substring(dot + 1);
    boolean every = head.endsWith("[]");
    String name = every ? head.substring(0, head.length() - 2) : head;
    Object inner =
        name.isEmpty() ? body : JsonTree.asObject(body).map(o -> o.get(name)).orElse(null);
    if (every) {
      JsonTree.asArray(inner).ifPresent(list -> list.forEach(item -> remove(item, rest)));
    } else if (!rest.isEmpty()) {
      remove(inner, rest);
    } else {
      JsonTree.asObject(body).ifPresent(members -> members.remove(name));
    }
  }

  static String show(@Nullable Object value) {
    String text = value instanceof String s ? s : JsonTree.canonical(value);
    String line = text.replace("\n", "\\n");
    return line.length() <= 500 ? line : line.substring(0, 500) + "…(" + line.length() + ")";
  }

  /** How far numbers may differ. */
  record Tolerance(double relative, double absolute) {
    static final Tolerance SAMPLES = new Tolerance(1e-9, 0);

    static @Nullable Tolerance of(@Nullable Object member) {
      return JsonTree.asObject(member)
          .map(t -> new Tolerance(number(t.get("rel")), number(t.get("abs"))))
          .orElse(null);
    }

    private static double number(@Nullable Object value) {
      return value instanceof BigDecimal decimal ? decimal.doubleValue() : 0;
    }

    boolean allows(double a, double b) {
      if (Double.isNaN(a) || Double.isNaN(b)) {
        return Double.isNaN(a) && Double.isNaN(b);
      }
      if (a == b) {
        return true;
      }
      double larger = Math.max(Math.abs(a), Math.abs(b));
      return !Double.isInfinite(larger) && Math.abs(a - b) <= Math.max(relative * larger, absolute);
    }
  }

  static final Comparator<Object> BY_TEXT = Comparator.comparing(JsonTree::canonical);
}
