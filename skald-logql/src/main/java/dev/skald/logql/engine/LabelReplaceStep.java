package dev.skald.logql.engine;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.syntax.MetricExpr.LabelReplace;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code label_replace(v, target, replacement, source, regex)} (spec logql.md 8.8). */
final class LabelReplaceStep {
  /** Replacements can name a group thousands of times. */
  private static final int VALUE_CHARS_MAX = 1 << 20;

  private final LabelReplace replace;
  private final Pattern pattern;

  private LabelReplaceStep(LabelReplace replace) {
    this.replace = replace;
    pattern = Pattern.compile("^(?:" + replace.regex() + ")$");
  }

  static List<StepSeries> apply(LabelReplace replace, List<StepSeries> inner, QueryMeter meter) {
    LabelReplaceStep step = new LabelReplaceStep(replace);
    List<StepSeries> results = new ArrayList<>(inner.size());
    for (StepSeries series : inner) {
      meter.check();
      Labels labels = step.labels(series.labels());
      meter.reserve(SeriesTable.bytes(labels));
      results.add(series.relabelled(labels));
    }
    return results;
  }

  private Labels labels(Labels labels) {
    Matcher matcher = pattern.matcher(labels.get(replace.source()));
    if (!matcher.find()) {
      return labels;
    }
    String value = expand(replace.replacement(), matcher, pattern.namedGroups());
    List<Label> changed = new ArrayList<>(labels.sorted());
    changed.removeIf(label -> label.name().equals(replace.target()));
    if (!value.isEmpty()) {
      changed.add(new Label(replace.target(), value));
    }
    return Labels.of(changed);
  }

  /**
   * Replaces {@code $1}, {@code $name}, <code>${1}</code> and <code>${name}</code> by what the
   * group matched, and {@code $$} by a dollar. A bare name is as long as letters, digits and
   * underscores go; a group that is not there is empty; a dollar that begins nothing stays.
   */
  static String expand(String template, Matcher matcher, Map<String, Integer> groups) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      if (out.length() > VALUE_CHARS_MAX) {
        throw new SkaldException(
            ErrorKind.LIMIT,
            "label_replace makes a value that is too long: more than %d characters",
            VALUE_CHARS_MAX);
      }
      int dollar = template.indexOf('$', at);
      if (dollar < 0) {
        break;
      }
      out.append(template, at, dollar);
      at = dollar + 1;
      if (at < template.length() && template.charAt(at) == '$') {
        out.append('$');
        at++;
        continue;
      }
      boolean braced = at < template.length() && template.charAt(at) == '{';
      int start = braced ? at + 1 : at;
      int end = start;
      while (end < template.length() && isWord(template.charAt(end))) {
        end++;
      }
      boolean closed = !braced || (end < template.length() && template.charAt(end) == '}');
      if (end == start || !closed) {
        out.append('$');
        continue;
      }
      out.append(group(template.substring(start, end), matcher, groups));
      at = braced ? end + 1 : end;
    }
    return out.append(template, at, template.length()).toString();
  }

  private static String group(String name, Matcher matcher, Map<String, Integer> groups) {
    Integer index = groups.get(name);
    if (index == null && name.chars().allMatch(c -> c >= '0' && c <= '9') && name.length() < 9) {
      index = Integer.valueOf(name);
    }
    if (index == null || index > matcher.groupCount()) {
      return "";
    }
    String text = matcher.group(index);
    return text == null ? "" : text;
  }

  private static boolean isWord(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }
}
