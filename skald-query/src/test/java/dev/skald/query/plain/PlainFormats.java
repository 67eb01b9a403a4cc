package dev.skald.query.plain;

import com.google.re2j.Pattern;
import dev.skald.logql.syntax.Stage.Format;
import dev.skald.logql.syntax.Stage.Named;
import dev.skald.logql.template.Template;
import dev.skald.logql.template.TemplateEnvironment;
import dev.skald.logql.template.TemplateExecutionException;
import dev.skald.logql.template.TemplateOutput;
import dev.skald.logql.template.TemplateRow;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The stages that change lines and labels (spec logql.md 6.10 to 6.14). */
final class PlainFormats {
  private static final TemplateEnvironment ENVIRONMENT =
      new TemplateEnvironment(() -> 0, ZoneOffset.UTC);

  private static final int OUTPUT_BYTES_MAX = 1 << 20;

  private static final Map<String, Template> TEMPLATES = new ConcurrentHashMap<>();

  private static final Pattern COLOUR =
      Pattern.compile(
          "[\\x{1b}\\x{9b}][\\[\\]()#;?]*(?:(?:(?:[a-zA-Z\\d]*(?:;[a-zA-Z\\d]*)*)?\\x07)"
              + "|(?:(?:\\d{1,4}(?:;\\d{0,4})*)?[\\dA-PRZcf-ntqry=><~]))");

  private PlainFormats() {}

  /** The labels and the line at one time, as a template sees them. */
  private record Snapshot(Map<String, String> labels, String line, long timestampEpochNanos)
      implements TemplateRow {
    static Snapshot of(PlainRow row) {
      return new Snapshot(row.allLabels(), row.line, row.entry.epochNanos());
    }

    @Override
    public String label(String name) {
      return labels.get(name);
    }
  }

  static void line(String template, PlainRow row) {
    String text = execute("line", template, Snapshot.of(row), row);
    if (text != null) {
      row.line = text;
    }
  }

  /** All templates of a stage see what there was when the first of them ran. */
  static void labels(List<Format> formats, PlainRow row) {
    Snapshot snapshot = null;
    for (Format format : formats) {
      switch (format) {
        case Format.Rename(String target, String source) -> {
          String value = row.find(source);
          if (value != null) {
            row.set(target, value);
            row.delete(source);
          }
        }
        case Format.Template(String target, String template) -> {
          snapshot = snapshot == null ? Snapshot.of(row) : snapshot;
          String text = execute("label", template, snapshot, row);
          if (text != null) {
            row.set(target, text);
          }
        }
      }
    }
  }

  /** Null if it fails; the row has the error then. */
  private static String execute(String name, String template, Snapshot snapshot, PlainRow row) {
    TemplateOutput output = new TemplateOutput(OUTPUT_BYTES_MAX);
    try {
      TEMPLATES
          .computeIfAbsent(template, text -> Template.parse(name, text))
          .execute(snapshot, ENVIRONMENT, output);
      return output.text();
    } catch (TemplateExecutionException e) {
      row.setError("TemplateFormatErr", e.getMessage());
      return null;
    }
  }

  static void decolorize(PlainRow row) {
    row.line = COLOUR.matcher(row.line).replaceAll("");
  }

  static void drop(List<Named> labels, PlainRow row) {
    for (Named label : labels) {
      boolean applies =
          switch (label) {
            case Named.Name _ -> true;
            case Named.Matching(var matcher) ->
                PlainMatchers.test(matcher, row.get(matcher.name()));
          };
      if (applies) {
        row.delete(label.name());
      }
    }
  }

  static void keep(List<Named> labels, PlainRow row) {
    for (String name : row.allLabels().keySet()) {
      boolean isKept = name.equals(PlainRow.ERROR) || name.equals(PlainRow.DETAILS);
      for (Named label : labels) {
        isKept |=
            switch (label) {
              case Named.Name(String wanted) -> wanted.equals(name);
              case Named.Matching(var matcher) ->
                  matcher.name().equals(name) && PlainMatchers.test(matcher, row.get(name));
            };
      }
      if (!isKept) {
        row.delete(name);
      }
    }
  }
}
