package dev.skald.testkit.script;

import dev.skald.model.Direction;
import dev.skald.model.Entry;
import dev.skald.model.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Lines to statements. A line that starts at the margin starts a statement, indented ones belong to
 * it; {@code #} at the start of a line is a comment, a backslash at its end joins the next one.
 */
final class ScriptParser {
  /** Stands in a repeated line for the number of the repetition, from 1. */
  private static final String NUMBER = "<n>";

  private static final int REPEAT_MAX = 1_000_000;
  private static final int LIMIT_DEFAULT = 100;

  private final String name;
  private final List<LineScanner> heads = new ArrayList<>();
  private final List<List<LineScanner>> bodies = new ArrayList<>();

  ScriptParser(String name, String text) {
    this.name = name;
    splitIntoBlocks(text.lines().toList());
  }

  private void splitIntoBlocks(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      int number = i + 1;
      StringBuilder joined = new StringBuilder(lines.get(i));
      while (joined.toString().endsWith("\\") && i + 1 < lines.size()) {
        i++;
        joined.setLength(joined.length() - 1);
        joined.append(' ').append(lines.get(i).strip());
      }
      String line = joined.toString().stripTrailing();
      if (line.isBlank() || line.strip().startsWith("#")) {
        continue;
      }
      LineScanner scanner = new LineScanner(name, number, line);
      if (!Character.isWhitespace(line.charAt(0))) {
        heads.add(scanner);
        bodies.add(new ArrayList<>());
      } else if (heads.isEmpty()) {
        throw scanner.error("indented line without a statement before it");
      } else {
        bodies.getLast().add(scanner);
      }
    }
  }

  Script script() {
    List<Statement> statements = new ArrayList<>();
    Script.Dialect dialect = Script.Dialect.LOKI;
    for (int i = 0; i < heads.size(); i++) {
      LineScanner head = heads.get(i);
      if (head.take("dialect")) {
        dialect = dialect(head, i, bodies.get(i));
      } else if (head.take("load")) {
        statements.add(load(head, bodies.get(i)));
      } else if (head.take("eval")) {
        statements.add(eval(head, bodies.get(i)));
      } else {
        throw head.error("expected dialect, load or eval: " + head.rest());
      }
    }
    if (statements.stream().noneMatch(s -> s instanceof Statement.Eval)) {
      throw new ScriptSyntaxException(name, 1, "script without eval");
    }
    return new Script(name, dialect, statements);
  }

  /** {@code dialect skald}, before everything else. */
  private static Script.Dialect dialect(LineScanner head, int place, List<LineScanner> body) {
    if (place > 0 || !body.isEmpty()) {
      throw head.error("dialect stands alone, in front of all statements");
    }
    head.require("skald");
    head.requireEnd();
    return Script.Dialect.SKALD;
  }

  private Statement load(LineScanner head, List<LineScanner> body) {
    head.requireEnd();
    if (body.isEmpty()) {
      throw head.error("load without entries");
    }
    List<LoadedEntry> entries = new ArrayList<>();
    for (LineScanner line : body) {
      loadLine(line, entries);
    }
    return new Statement.Load(head.lineNumber(), entries);
  }

  /** {@code {stream} "line" [metadata {labels}] @ time [repeat every step for count]}. */
  private void loadLine(LineScanner line, List<LoadedEntry> entries) {
    Labels stream = line.labels();
    String text = line.string();
    Labels metadata = line.take("metadata") ? line.labels() : Labels.EMPTY;
    line.require("@");
    long time = line.duration();
    if (!line.take("[")) {
      line.requireEnd();
      entries.add(new LoadedEntry(stream, new Entry(time, text, metadata)));
      return;
    }
    line.require("repeat");
    line.require("every");
    long every = line.duration();
    line.require("for");
    int count = line.integer();
    line.require("]");
    line.requireEnd();
    if (count < 1 || count > REPEAT_MAX) {
      throw line.error("repetitions out of bounds: count=" + count + " max=" + REPEAT_MAX);
    }
    for (int i = 0; i < count; i++) {
      String numbered = text.replace(NUMBER, Integer.toString(i + 1));
      entries.add(new LoadedEntry(stream, new Entry(time + i * every, numbered, metadata)));
    }
  }

  private Statement eval(LineScanner head, List<LineScanner> body) {
    Evaluation evaluation;
    if (head.take("instant")) {
      head.require("at");
      long time = head.duration();
      evaluation = new Evaluation.Instant(query(head), time);
    } else if (head.take("range")) {
      head.require("from");
      long start = head.duration();
      head.require("to");
      long end = head.duration();
      head.require("step");
      long step = head.duration();
      if (step <= 0 || end < start) {
        throw head.error("range without a step: step must be positive and from not after to");
      }
      evaluation = new Evaluation.Range(query(head), start, end, step);
    } else if (head.take("logs")) {
      evaluation = logs(head);
    } else {
      throw head.error("expected instant, range or logs: " + head.rest());
    }
    return new Statement.Eval(
        head.lineNumber(), head.text(), evaluation, expectation(head, evaluation, body));
  }

  private Evaluation logs(LineScanner head) {
    head.require("from");
    long start = head.duration();
    head.require("to");
    long end = head.duration();
    int limit = head.take("limit") ? head.integer() : LIMIT_DEFAULT;
    Direction direction = head.take("forward") ? Direction.FORWARD : Direction.BACKWARD;
    return new Evaluation.Logs(query(head), start, end, limit, direction);
  }

  private static String query(LineScanner head) {
    if (head.atEnd()) {
      throw head.error("eval without a query");
    }
    return head.rest();
  }

  private Expectation expectation(LineScanner head, Evaluation evaluation, List<LineScanner> body) {
    Expectation.Order order = Expectation.Order.ANY;
    List<LineScanner> answers = new ArrayList<>();
    Expectation whole = null;
    for (LineScanner line : body) {
      if (!line.take("expect")) {
        answers.add(line);
      } else if (line.take("ordered")) {
        line.requireEnd();
        order = Expectation.Order.AS_LISTED;
      } else if (whole != null) {
        throw line.error("expect empty and expect fail stand alone");
      } else {
        whole = whole(line);
      }
    }
    if (whole != null) {
      if (!answers.isEmpty() || order != Expectation.Order.ANY) {
        throw head.error("expect empty and expect fail stand alone");
      }
      return whole;
    }
    if (answers.isEmpty()) {
      throw head.error("eval asserts nothing: list the answer, or expect empty, or expect fail");
    }
    return switch (evaluation) {
      case Evaluation.Logs _ -> entries(answers, order);
      case Evaluation.Range range -> series(answers, order, range.steps());
      case Evaluation.Instant _ ->
          answers.getFirst().at('{') ? series(answers, order, 1) : number(answers, order);
    };
  }

  private static Expectation whole(LineScanner line) {
    if (line.take("empty")) {
      line.requireEnd();
      return new Expectation.Empty();
    }
    line.require("fail");
    if (line.atEnd()) {
      return new Expectation.Fails(Expectation.Fails.Text.ANY, "");
    }
    boolean part = line.take("part:");
    if (!part) {
      line.require("msg:");
    }
    boolean quoted = line.at('"');
    String message = quoted ? line.string() : line.rest();
    line.requireEnd();
    return new Expectation.Fails(
        part ? Expectation.Fails.Text.PART : Expectation.Fails.Text.WHOLE, message);
  }

  private static Expectation entries(List<LineScanner> answers, Expectation.Order order) {
    List<Expectation.ExpectedEntry> entries = new ArrayList<>();
    for (LineScanner line : answers) {
      Labels labels = line.labels();
      String text = line.string();
      line.require("@");
      entries.add(new Expectation.ExpectedEntry(labels, text, line.duration()));
      line.requireEnd();
    }
    return new Expectation.Entries(entries, order);
  }

  private static Expectation series(List<LineScanner> answers, Expectation.Order order, int steps) {
    List<Expectation.ExpectedSeries> lines = new ArrayList<>();
    for (LineScanner line : answers) {
      Labels labels = line.labels();
      List<OptionalDouble> values = new ArrayList<>();
      while (!line.atEnd()) {
        String item = line.item();
        values.add(item.equals("_") ? OptionalDouble.empty() : OptionalDouble.of(line.value(item)));
      }
      if (values.size() != steps) {
        throw line.error(
            "values do not fit the steps: values=" + values.size() + " steps=" + steps);
      }
      if (values.stream().allMatch(OptionalDouble::isEmpty)) {
        throw line.error("series without a sample");
      }
      lines.add(new Expectation.ExpectedSeries(labels, values));
    }
    return new Expectation.SeriesList(lines, order);
  }

  private static Expectation number(List<LineScanner> answers, Expectation.Order order) {
    LineScanner line = answers.getFirst();
    if (answers.size() > 1 || order != Expectation.Order.ANY) {
      throw line.error("a scalar is one number");
    }
    double value = line.value(line.item());
    line.requireEnd();
    return new Expectation.ScalarValue(value);
  }
}
