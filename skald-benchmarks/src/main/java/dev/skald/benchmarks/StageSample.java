package dev.skald.benchmarks;

import dev.skald.logql.pipeline.LabelDemand;
import java.util.List;

/** A stage, the lines that it is made for, and which labels its reader looks at. */
public enum StageSample {
  JSON_ONE_LABEL(SampleLines.JSON, "| json", "status_code"),
  JSON_ALL(SampleLines.JSON, "| json"),
  JSON_PATH(SampleLines.JSON, "| json code=`status_code`"),
  LOGFMT_ONE_LABEL(SampleLines.LOGFMT, "| logfmt", "status"),
  LOGFMT_ALL(SampleLines.LOGFMT, "| logfmt"),
  PATTERN(
      SampleLines.ACCESS, "| pattern `<ip> - - <_> \"<method> <path> <_>\" <status> <size> <_>`"),
  REGEXP(
      SampleLines.ACCESS,
      "| regexp `\"(?P<method>\\w+) (?P<path>\\S+) HTTP/1.1\" (?P<status>\\d+)`"),
  UNPACK(SampleLines.PACKED, "| unpack"),
  LABEL_FILTER(SampleLines.JSON, "| json | status_code >= 500", "status_code"),
  LABEL_FORMAT(SampleLines.JSON, "| label_format place=`{{.env}}/{{.pod}}`"),
  LINE_FORMAT(SampleLines.JSON, "| line_format `{{.pod}} {{__line__}}`"),
  DECOLORIZE(SampleLines.COLOURED, "| decolorize"),
  LINE_CONTAINS(SampleLines.JSON, "|= `timeout after`"),
  LINE_CONTAINS_ABSENT(SampleLines.JSON, "|= `zzqqxx`"),
  LINE_REGEX(SampleLines.JSON, "|~ `timeout.*(db|cache)`"),
  LINE_PATTERN(SampleLines.ACCESS, "|> `<_>/login<_> 500 <_>`"),
  LINE_IP(SampleLines.ACCESS, "|= ip(`10.7.0.0/16`)");

  private final SampleLines lines;
  private final String stages;
  private final String label;

  /** All labels are looked at. */
  StageSample(SampleLines lines, String stages) {
    this(lines, stages, "");
  }

  /** One label is looked at, as by a {@code sum by}; the empty name stands for all. */
  StageSample(SampleLines lines, String stages, String label) {
    this.lines = lines;
    this.stages = stages;
    this.label = label;
  }

  SampleLines lines() {
    return lines;
  }

  String stages() {
    return stages;
  }

  LabelDemand demand() {
    return label.isEmpty() ? LabelDemand.ALL : LabelDemand.only(List.of(label));
  }
}
