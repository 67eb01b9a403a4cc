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

    /** Counts work that the size of the arguments does not tell. */
    void spend(long work);
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

  /** The expression at an index, to be matched against a text; the work is counted. */
  Pattern regex(int index, String subject) {
    Pattern regex = surroundings.regex(text(index));
    long steps = (long) regex.programSize() * subject.length();
    surroundings.spend(steps / TemplateLimits.REGEX_STEPS_PER_WORK);
    return regex;
  }
}
