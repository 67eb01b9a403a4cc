package dev.skald.query.plain;

import java.util.Random;

/**
 * Queries as text, mostly such as find something in {@link RandomEntries}. Where an answer would
 * hang on the last bit of a number (comparisons of sums of thirds, differences near zero), only
 * exact functions are used.
 */
final class RandomQuery {
  private final Random random;
  private final RandomStages stages;

  private RandomQuery(Random random) {
    this.random = random;
    this.stages = new RandomStages(random);
  }

  static String log(Random random) {
    RandomQuery query = new RandomQuery(random);
    return query.stages.selector() + query.stages.pipeline();
  }

  static String metric(Random random) {
    RandomQuery query = new RandomQuery(random);
    return query.outermost();
  }

  private String outermost() {
    return switch (random.nextInt(16)) {
      case 0 ->
          pick("topk", "bottomk") + grouped("(" + (1 + random.nextInt(3)) + ", " + spread() + ")");
      case 1 -> pick("sort", "sort_desc") + "(" + any() + ")";
      case 2, 3 -> labelReplace(any());
      case 4 ->
          pick("2", "1 + 2 * 3", "vector(3)", "2 > bool 1", "5 % 0", "2 ^ 3 ^ 2", "vector(1) + 1");
      case 5, 6, 7 -> binary();
      case 8 -> any() + " or vector(0)";
      case 10 -> "approx_topk(" + (1 + random.nextInt(3)) + ", " + spread() + ")";
      case 9 ->
          pick("sum", "count", "max") + "(" + pick("topk", "bottomk") + "(2, " + spread() + "))";
      default -> any();
    };
  }

  private String any() {
    return switch (random.nextInt(6)) {
      case 0, 1 -> range(Exactness.ANY);
      case 2 -> aggregated(aggregated(range(Exactness.ANY), Exactness.ANY), Exactness.ANY);
      default -> aggregated(range(Exactness.ANY), Exactness.ANY);
    };
  }

  /** Values that seldom are equal. */
  private String spread() {
    return pick("sum", "max")
        + grouping()
        + "("
        + pick("bytes_over_time", "bytes_rate")
        + "("
        + stages.selector()
        + stages.metricPipeline()
        + "["
        + duration()
        + "]))";
  }

  private String exact() {
    return aggregated(range(Exactness.EXACT), Exactness.EXACT);
  }

  private enum Exactness {
    EXACT,
    ANY
  }

  private String aggregated(String inner, Exactness exactness) {
    String operator =
        exactness == Exactness.EXACT
            ? pick("sum", "max", "min", "count")
            : pick("sum", "sum", "avg", "max", "min", "count", "stddev", "stdvar");
    return random.nextBoolean()
        ? operator + grouping() + "(" + inner + ")"
        : operator + "(" + inner + ")" + grouping();
  }

  private String grouped(String arguments) {
    return random.nextBoolean() ? arguments : grouping() + arguments;
  }

  private String grouping() {
    return switch (random.nextInt(6)) {
      case 0 -> "";
      case 1 -> " without (" + labels() + ")";
      default -> " by (" + labels() + ")";
    };
  }

  private String labels() {
    String first = pick("app", "env", "host", "level", "status", "trace", "missing");
    return random.nextInt(3) == 0 ? first + ", " + pick("env_extracted", "path", "pod") : first;
  }

  private String binary() {
    return switch (random.nextInt(9)) {
      case 0 -> any() + " " + pick("*", "/", "+", "^") + " 2";
      case 1 -> "10 " + pick("-", "/", "*") + " " + exact();
      case 2 -> any() + " " + pick(">", "<", ">=", "!=", "> bool", "== bool") + " 1.37";
      case 3 -> "3.37 " + pick(">", "<", "<= bool") + " " + any();
      case 4 -> exact() + " " + pick("and", "or", "unless") + matching() + exact();
      case 5 -> matched(pick("+", "*", "-", "/", "%", "== bool", ">", "<=", "=="));
      case 6 -> many();
      case 7 -> exact() + " % 3 " + pick("+ 1", "> 1", "");
      default -> "sum(" + range(Exactness.EXACT) + ") / sum(" + range(Exactness.EXACT) + ")";
    };
  }

  private String matching() {
    return switch (random.nextInt(4)) {
      case 0 -> " on (" + labels() + ") ";
      case 1 -> " ignoring (" + labels() + ") ";
      default -> " ";
    };
  }

  /** Both sides have the same labels, so that they find each other. */
  private String matched(String operator) {
    String by = " by (" + labels() + ")";
    return pick("sum", "max")
        + by
        + "("
        + range(Exactness.EXACT)
        + ") "
        + operator
        + matching()
        + pick("sum", "min")
        + by
        + "("
        + range(Exactness.EXACT)
        + ")";
  }

  private String many() {
    String operator = pick("/", "*", "+", ">", "> bool");
    String include = pick("", "(host)", "(env, missing)");
    String many =
        "sum by (app, " + pick("level", "status", "host") + ") (" + range(Exactness.EXACT) + ")";
    String one = "max by (app" + pick("", "", ", env") + ") (" + range(Exactness.EXACT) + ")";
    return random.nextBoolean()
        ? many + " " + operator + " on (app) group_left " + include + " " + one
        : one + " " + operator + " on (app) group_right " + include + " " + many;
  }

  private String labelReplace(String inner) {
    return "label_replace("
        + inner
        + ", "
        + pick("\"new\", \"$1\"", "\"app\", \"x-${1}\"", "\"level\", \"\"", "\"new\", \"$1-$2\"")
        + ", "
        + pick("\"app\"", "\"status\"", "\"missing\"", "\"env\"")
        + ", "
        + pick("\"(.*)\"", "\"(.)(.+)\"", "\"(w.*|d.*)\"", "\"(?P<first>.).*\"")
        + ")";
  }

  private String range(Exactness exactness) {
    String offset = random.nextInt(6) == 0 ? " offset " + pick("30s", "2m", "-1m") : "";
    String window = "[" + duration() + "]" + offset;
    if (random.nextInt(12) == 0) {
      return "absent_over_time(" + stages.selector() + stages.metricPipeline() + window + ")";
    }
    if (random.nextBoolean()) {
      String function =
          exactness == Exactness.EXACT
              ? pick("count_over_time", "bytes_over_time")
              : pick("count_over_time", "rate", "bytes_over_time", "bytes_rate");
      return function + "(" + stages.selector() + stages.metricPipeline() + window + ")";
    }
    return unwrapped(exactness, window);
  }

  private String unwrapped(Exactness exactness, String window) {
    String samples = stages.unwrapped() + window + ")";
    if (random.nextBoolean()) {
      String ungrouped =
          exactness == Exactness.EXACT
              ? "sum_over_time"
              : pick("sum_over_time", "rate", "rate_counter");
      return ungrouped + "(" + samples;
    }
    String function =
        exactness == Exactness.EXACT
            ? pick("min_over_time", "max_over_time", "first_over_time", "last_over_time")
            : pick(
                "avg_over_time",
                "min_over_time",
                "max_over_time",
                "first_over_time",
                "last_over_time",
                "stdvar_over_time",
                "stddev_over_time",
                "quantile_over_time");
    String parameter =
        function.startsWith("quantile") ? pick("0.5", "0.9", "0", "1", "0.25", "2") + ", " : "";
    return function + "(" + parameter + samples + grouping();
  }

  private String duration() {
    return pick("30s", "1m", "2m", "2m", "5m", "5m", "10m", "45s", "1h");
  }

  private String pick(String... texts) {
    return texts[random.nextInt(texts.length)];
  }
}
