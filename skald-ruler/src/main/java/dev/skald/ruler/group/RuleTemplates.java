package dev.skald.ruler.group;

import dev.skald.logql.template.Template;
import dev.skald.logql.template.TemplateSyntaxException;
import java.util.Optional;
import java.util.Set;

/** Templates of alerts: the values of labels and annotations (spec ruler.md 4.3). */
final class RuleTemplates {
  /** Of Go's text/template, and of Prometheus. */
  private static final Set<String> FUNCTIONS =
      Set.of(
          "and",
          "args",
          "call",
          "eq",
          "externalURL",
          "first",
          "ge",
          "graphLink",
          "gt",
          "html",
          "humanize",
          "humanize1024",
          "humanizeDuration",
          "humanizePercentage",
          "humanizeTimestamp",
          "index",
          "js",
          "label",
          "le",
          "len",
          "lt",
          "match",
          "ne",
          "not",
          "now",
          "or",
          "parseDuration",
          "pathPrefix",
          "print",
          "printf",
          "println",
          "query",
          "reReplaceAll",
          "safeHtml",
          "slice",
          "sortByLabel",
          "stripDomain",
          "stripPort",
          "strvalue",
          "tableLink",
          "title",
          "tmpl",
          "toDuration",
          "toLower",
          "toTime",
          "toUpper",
          "urlQueryEscape",
          "urlquery",
          "value");

  /** What a template may use without declaring it; on its first line, so that lines count right. */
  private static final String VARIABLES =
      "{{$labels := .Labels}}{{$externalLabels := .ExternalLabels}}"
          + "{{$externalURL := .ExternalURL}}{{$value := .Value}}";

  private RuleTemplates() {}

  /** What is wrong with a template of an alert; empty if nothing is. */
  static Optional<String> error(String alertName, String text) {
    if (!text.contains("{{")) {
      return Optional.empty();
    }
    try {
      Template.check("__alert_" + alertName, VARIABLES + text, FUNCTIONS::contains);
      return Optional.empty();
    } catch (TemplateSyntaxException e) {
      return Optional.of(e.getMessage());
    }
  }
}
