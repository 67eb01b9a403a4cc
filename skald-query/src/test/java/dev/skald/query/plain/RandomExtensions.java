package dev.skald.query.plain;

import java.util.Random;

/** Queries that go beyond LogQL (docs/language/extensions.md), as text. */
final class RandomExtensions {
  private final Random random;
  private final RandomStages stages;

  private RandomExtensions(Random random) {
    this.random = random;
    this.stages = new RandomStages(random);
  }

  static String log(Random random) {
    RandomExtensions query = new RandomExtensions(random);
    return query.selector()
        + query.stages.pipeline()
        + query.timeFilter()
        + query.unwrap()
        + query.order();
  }

  static String metric(Random random) {
    RandomExtensions query = new RandomExtensions(random);
    return switch (random.nextInt(4)) {
      case 0 -> query.terminal();
      case 1 -> query.let();
      case 2 -> "(" + query.stats() + ")" + query.pick(" * 2", " > 1", " + 0.5");
      default -> query.stats();
    };
  }

  private String selector() {
    return random.nextBoolean()
        ? stages.selector()
        : stages.anySelector(
            pick("{}", "{app!=\"web\"}", "{host!~\"h1\"}", "{env=~\".*\", host=\"\"}"));
  }

  private String timeFilter() {
    if (random.nextInt(3) > 0) {
      return "";
    }
    String one = time();
    return " | " + (random.nextBoolean() ? one : one + pick(" and ", " or ") + time());
  }

  private String time() {
    long second = RandomEntries.START_EPOCH_NANOS / RandomEntries.SECOND;
    second += random.nextInt(RandomEntries.SECONDS);
    String number =
        switch (random.nextInt(4)) {
          case 0 -> second + ".5";
          case 1 -> second + "000";
          case 2 -> second + "000000000";
          default -> second + "";
        };
    return "__timestamp__ "
        + pick(">", ">", ">=", "<", "<=", "=", "==", "!=")
        + " "
        + (random.nextInt(3) == 0 ? "\"" + java.time.Instant.ofEpochSecond(second) + "\"" : number);
  }

  private String unwrap() {
    return random.nextInt(3) > 0
        ? ""
        : " | unwrap "
            + pick("latency", "status", "duration(dur)", "duration_seconds(dur)", "bytes(size)")
            + pick("", " | __error__=\"\"", " | latency > 3");
  }

  private String order() {
    if (random.nextBoolean()) {
      return "";
    }
    String keys =
        random.nextInt(4) == 0
            ? pick("timestamp", "__timestamp__") + pick("", " asc", " desc")
            : key() + (random.nextBoolean() ? ", " + key() : "");
    return pick(" | order by ", " | sort by ")
        + keys
        + pick("", " | limit " + (1 + random.nextInt(9)), " | head 4");
  }

  private String key() {
    return pick("latency", "status", "level", "\"path\"", "app", "env", "trace", "missing")
        + pick("", " asc", " desc");
  }

  private String terminal() {
    String parsed =
        stages.selector() + stages.parser() + " | latency > -100 or status > 0 | __error__=\"\"";
    String offset = pick("", "", " offset 30s") + ")";
    return parsed
        + " | "
        + pick(
            "max_over_time(latency[2m]" + offset + " by (app)",
            "min_over_time(latency[5m]" + offset,
            "sum_over_time(latency[1m]" + offset,
            "rate(latency[5m]" + offset,
            "quantile_over_time(0.5, latency[5m]" + offset + " by (env)");
  }

  /** Both sides pin the same labels. */
  private String let() {
    String selector = stages.selector();
    String all = "sum by (app, env) (count_over_time(" + selector + "[5m]))";
    String some =
        "sum by (app, env) (count_over_time(" + selector + stages.metricPipeline() + "[5m]))";
    return "let all = "
        + all
        + "; let some = "
        + some
        + "; "
        + pick("some / all", "all - some", "all unless some", "(all - some) / all > 0.3", "some");
  }

  private String stats() {
    String functions =
        switch (random.nextInt(5)) {
          case 0 -> "count() as n";
          case 1 -> "count(latency) as n, max(latency) as top";
          case 2 -> "sum(latency) as n, min(status), count_distinct(level) as levels";
          case 3 -> "count_distinct(path) as n, avg(latency), quantile(0.5, latency) as half";
          default -> "count() as n, stddev(latency), stdvar(status), max(status) as top";
        };
    String columns =
        switch (random.nextInt(5)) {
          case 0 -> "";
          case 1 -> " by line";
          case 2 -> " by app, timestamp";
          case 3 -> " by __line__, level";
          default -> " by " + pick("app", "level", "env, status", "missing", "\"line\"");
        };
    return selector()
        + stages.pipeline()
        + timeFilter()
        + " | stats "
        + functions
        + columns
        + pick("", " | n > 1", " | n >= 2 and n < 40 or n = 1")
        + pick("", " | sort by n desc", " | order by n")
        + pick("", "", " | limit 3", " | head 2");
  }

  private String pick(String... texts) {
    return texts[random.nextInt(texts.length)];
  }
}
