package dev.skald.query.plain;

import java.util.Random;

/** Selectors and pipelines as text. */
final class RandomStages {
  private final Random random;

  /** The application that the selector chose, which says what its lines look like; empty: any. */
  private String app = "";

  RandomStages(Random random) {
    this.random = random;
  }

  String selector() {
    app = pick("web", "web", "web", "db", "db", "db", "cron", "cron", "pod", "");
    String first =
        app.isEmpty()
            ? pick("app=~\"web|db|pod\"", "env!=\"\"", "app=~\".+\"", "env=~\"(?i)PROD|dev\"")
            : "app=\"" + app + "\"";
    String second =
        switch (random.nextInt(8)) {
          case 0 -> ", env=\"prod\"";
          case 1 -> ", host!=\"h1\"";
          case 2 -> ", host=~\"h.|\"";
          case 3 -> ", app!~\"c.*\"";
          default -> "";
        };
    return "{" + first + second + "}";
  }

  /** A selector that does not choose an application. */
  String anySelector(String selector) {
    app = "";
    return selector;
  }

  /** For log queries: anything. */
  String pipeline() {
    StringBuilder stages = new StringBuilder();
    if (random.nextBoolean()) {
      stages.append(lineFilter());
    }
    if (random.nextInt(5) > 0) {
      stages.append(parser());
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      stages.append(stage());
    }
    return stages.toString();
  }

  /** For metric queries: few errors are left, and not too many labels. */
  String metricPipeline() {
    StringBuilder stages = new StringBuilder();
    if (random.nextInt(3) == 0) {
      stages.append(lineFilter());
    }
    if (random.nextInt(3) > 0) {
      stages.append(parser());
      for (int i = random.nextInt(3); i > 0; i--) {
        stages.append(stage());
      }
      stages.append(random.nextInt(8) == 0 ? "" : " | __error__=\"\"");
    }
    return stages.append(random.nextInt(4) == 0 ? dropOrKeep() : "").append(" ").toString();
  }

  String unwrapped() {
    String selector = selector();
    String parser = app.equals("cron") ? regexpOrPattern() : parser();
    String stage = random.nextInt(3) == 0 ? stage() : "";
    String drop = random.nextInt(3) == 0 ? dropOrKeep() : "";
    String unwrap =
        app.equals("cron")
            ? pick("took", "took", "status", "bytes(took)")
            : pick(
                "latency",
                "latency",
                "status",
                "duration(dur)",
                "duration_seconds(dur)",
                "bytes(size)");
    String after = random.nextInt(8) == 0 ? "" : " | __error__=\"\"";
    return selector + parser + stage + drop + " | unwrap " + unwrap + after + " ";
  }

  private String stage() {
    return switch (random.nextInt(12)) {
      // Behind "drop x" the operators "!=" and "!~" would belong to x.
      case 0 -> " | decolorize" + lineFilter();
      case 1, 2, 3, 4 -> " | " + condition(2);
      case 5 -> lineFormat();
      case 6, 7 -> labelFormat();
      case 8, 9 -> dropOrKeep();
      case 10 -> parser();
      default -> " | decolorize";
    };
  }

  private String lineFilter() {
    return switch (random.nextInt(9)) {
      case 0 -> " |= " + needle() + " or " + needle();
      case 1 -> " != " + needle();
      case 2 -> " |~ " + pick("`GET|POST`", "\"(?i)ERROR\"", "`\\d{3}`", "`^.{0,40}$`", "`le..l`");
      case 3 ->
          " !~ " + pick("`timeout.*retry`", "\"debug\"", "`[45]0\\d`") + pick("", " or \"warn\"");
      case 4 -> " |> " + linePattern() + pick("", "", " or " + linePattern());
      case 5 -> " !> " + linePattern();
      case 6 -> pick(" |= ", " != ") + address() + pick("", "", " or " + needle());
      default -> " |= " + needle();
    };
  }

  private String address() {
    return "ip(\""
        + pick(
            "10.0.0.1",
            "10.0.0.0/8",
            "10.0.0.2-192.168.7.20",
            "0.0.0.0/0",
            "::1",
            "2001:db8::/32",
            "::1-2001:db8::ffff")
        + "\")";
  }

  private String needle() {
    return pick(
        "\"e\"",
        "\"status\"",
        "`200`",
        "\"error\"",
        "\"GET\"",
        "\"\"",
        "\" \"",
        "\"a\"",
        "\"s\"",
        "\"ü\"",
        "`\"`",
        "\"level\"");
  }

  private String linePattern() {
    return pick(
        "`<_>status<_>`",
        "`level=<_> status=200<_>`",
        "`{<_>}`",
        "`<_>done<_>`",
        "`10<_>`",
        "\"<_>\"",
        "``");
  }

  String parser() {
    if (random.nextInt(6) == 0) {
      return pick(json(), logfmt(), regexpOrPattern(), " | unpack");
    }
    return switch (app) {
      case "web" -> json();
      case "db" -> logfmt();
      case "cron" -> regexpOrPattern();
      case "pod" -> " | unpack" + pick(logfmt(), logfmt(), " | json", "");
      default -> pick(json(), logfmt());
    };
  }

  private String json() {
    return switch (random.nextInt(8)) {
      case 0 -> " | json status, lvl=\"level\", latency, dur";
      case 1 -> " | json id=\"req.id\", first=\"tags[0]\", latency=\"latency\", y=\"tags[1].y\"";
      case 2 -> " | json app=\"req\", method=`req[\"http.method\"]`, size=\"size\", trace";
      default -> " | json";
    };
  }

  private String logfmt() {
    return switch (random.nextInt(10)) {
      case 0 -> " | logfmt --strict";
      case 1 -> " | logfmt --keep-empty";
      case 2 -> " | logfmt status, lvl=\"level\", latency, dur, nothing";
      case 3 -> " | logfmt app, trace, size=\"size\", latency, status";
      default -> " | logfmt";
    };
  }

  private String regexpOrPattern() {
    return switch (random.nextInt(5)) {
      case 0 -> " | pattern `<ip> - <method> <path> <status> <took>`";
      case 1 -> " | pattern `<_> - <_> <path> <_> <took> \"<agent>\"`";
      case 2 ->
          " | regexp `(?P<method>GET|POST) (?P<path>\\S+) (?P<status>\\d+)? ?(?P<took>[0-9.]+)?`";
      case 3 -> " | regexp `^(?P<app>\\S+) (-) (?P<method>\\w+)`";
      default -> " | pattern `<ip> - <method> <path> <status> <took> <rest>`";
    };
  }

  private String condition(int depth) {
    if (depth > 0 && random.nextInt(4) == 0) {
      String joint = pick(" and ", " or ", ", ", " ");
      String both = condition(depth - 1) + joint + condition(depth - 1);
      return random.nextBoolean() ? "(" + both + ")" : both;
    }
    return switch (random.nextInt(10)) {
      case 0 -> "level" + pick("=", "!=") + pick("\"info\"", "\"error\"", "\"\"");
      case 1 -> "status" + comparison() + pick("200", "404", "300.5");
      case 2 -> number() + comparison() + pick("3", "7.25", "12.5", "-1");
      case 3 ->
          app.equals("cron")
              ? "status > 100"
              : "dur" + comparison() + pick("1s", "250ms", "1m", "1.5s");
      case 4 ->
          app.equals("cron")
              ? "status < 1kB"
              : "size" + comparison() + pick("1kB", "1MB", "2KiB", "300B");
      case 5 ->
          pick("path", "msg", "app", "trace")
              + pick("=~", "!~")
              + pick("`.*a.*`", "\"t1|v1|web\"", "`/api/.+`");
      case 6 ->
          pick("trace", "pod", "env_extracted", "missing", "ok")
              + pick("!=", "=")
              + pick("\"\"", "\"t1\"", "\"true\"");
      case 7 -> pick("ip", "ip", "path", "missing") + pick(" = ", " != ") + address();
      case 8 -> number() + pick(" > ", " != ", " < ") + "5";
      default -> "__error__" + pick("=", "!=") + pick("\"\"", "\"\"", "\"JSONParserErr\"");
    };
  }

  private String number() {
    return app.equals("cron") ? "took" : "latency";
  }

  private String comparison() {
    return pick(" > ", " > ", " >= ", " >= ", " < ", " <= ", " = ", " == ", " != ", " != ");
  }

  private String lineFormat() {
    return " | line_format "
        + pick(
            "`{{.level}} {{.status}}`",
            "`{{.msg}}`",
            "`{{__line__}} {{.trace}}`",
            "`{{if .level}}{{.level | upper}}{{else}}none{{end}}`",
            "`{{.app}}={{ .latency | default \"0\" }}`",
            "`{{ __timestamp__ | unixEpoch }} {{ .path | trunc 4 }}`",
            "`{\"level\":\"{{.level}}\",\"fresh\":\"{{.env}}\"}`",
            "`{{ .dur | duration }}`");
  }

  private String labelFormat() {
    return " | label_format "
        + pick(
            "lvl=level",
            "app=level",
            "level=level",
            "status=\"{{.status}}0\"",
            "both=`{{.app}}-{{.status}}`, app=\"x\"",
            "trace=\"{{.trace}}!\", pod=`{{.trace}}`",
            "latency=dur, dur=`{{.latency}}`",
            "n=`{{ add .status 1 }}`, m=\"{{.n}}\"",
            "host=`{{ .dur | duration }}`");
  }

  private String dropOrKeep() {
    return switch (random.nextInt(8)) {
      case 0 -> " | drop level, trace";
      case 1 -> " | drop app, status=~\"2..\"";
      case 2 -> " | drop __error__, __error_details__";
      case 3 -> " | drop host=\"\", level=\"info\", path";
      case 4 -> " | keep app, level, latency, dur, size, status, took";
      case 5 -> " | keep latency, dur, size, took, host!=\"h1\", trace=\"t1\"";
      case 6 -> " | keep app, took, latency";
      default -> " | drop msg, path, env_extracted, dur!=\"1s\"";
    };
  }

  private String pick(String... texts) {
    return texts[random.nextInt(texts.length)];
  }
}
