package dev.skald.logql.template;

import com.google.re2j.Pattern;
import dev.skald.logql.template.Value.IntegerType;
import java.util.List;

/** The arguments of one call, and what a function may know of its surroundings. */
final class Arguments {
  private final List<Value> values;
  private final Surroundings surroundings;

  Arguments(List<Value> values, Surroundings surroundings) {
    this.values = values;
    this.surroundings = surroundings;
  }

  /** The row, the machine, and what may be spent. */
  interface Surroundings {
    TemplateRow row();

    TemplateEnvironment environment();

    /** An empty text with the limit of the output. */
    TemplateOutput newText();

    /** @throws TemplateFailure if the text is no regular expression */
    Pattern regex(String text);
  }

  int size() {
    return values.size();
  }

  Value value(int index) {
    return values.get(index);
  }

  List<Value> from(int index) {
    return values.subList(index, values.size());
  }

  String text(int index) {
    return ((Value.Text) values.get(index)).text();
  }

  long whole(int index) {
    return ((Value.Whole) values.get(index)).value();
  }

  double real(int index) {
    return ((Value.Real) values.get(index)).value();
  }

  GoTime moment(int index) {
    return ((Value.Moment) values.get(index)).time();
  }

  boolean isWhole(int index, IntegerType type) {
    return values.get(index) instanceof Value.Whole(long _, var actual) && actual == type;
  }

  TemplateRow row() {
    return surroundings.row();
  }

  TemplateEnvironment environment() {
    return surroundings.environment();
  }

  GoZone localZone() {
    return GoZone.of(surroundings.environment().zone());
  }

  GoTime now() {
    return GoTime.ofEpochNanos(surroundings.environment().clock().nowEpochNanos(), localZone());
  }

  TemplateOutput newText() {
    return surroundings.newText();
  }

  Pattern regex(int index) {
    return surroundings.regex(text(index));
  }
}
