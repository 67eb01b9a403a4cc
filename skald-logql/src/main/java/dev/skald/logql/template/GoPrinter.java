package dev.skald.logql.template;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Prints values as Go's fmt does: {@code Print}, {@code Println}, and single values by verb for
 * {@link GoPrintf}.
 */
final class GoPrinter {
  private final TemplateOutput out;
  final PrintFlags flags = new PrintFlags();
  private final PrintLayout layout;

  GoPrinter(TemplateOutput out) {
    this.out = out;
    this.layout = new PrintLayout(out, flags);
  }

  /** What an action writes: the default form, and words of its own for nothing at all. */
  static void printValue(TemplateOutput out, Value value) {
    switch (value) {
      case Value.Text(String text) -> out.append(text);
      case Value.Nil _ -> out.append("<no value>");
      case Value.Whole _,
          Value.Real _,
          Value.Truth _,
          Value.Moment _,
          Value.RowLabels _,
          Value.JsonObject _,
          Value.JsonArray _,
          Value.Boxed _ ->
          new GoPrinter(out).print(value, 'v');
    }
  }

  /** The default form as a text, for messages. */
  static String print(Arguments.Surroundings surroundings, Value value) {
    TemplateOutput text = surroundings.newText();
    new GoPrinter(text).print(value, 'v');
    return text.rawText();
  }

  /** {@code Sprint}: blanks between operands neither of which is a string. */
  static void printAll(TemplateOutput out, List<Value> values) {
    GoPrinter printer = new GoPrinter(out);
    boolean afterText = true;
    for (Value value : values) {
      boolean isText = value instanceof Value.Text;
      if (!isText && !afterText) {
        out.append(' ');
      }
      printer.print(value, 'v');
      afterText = isText;
    }
  }

  /** {@code Sprintln}: blanks between all, and a line feed. */
  static void printLine(TemplateOutput out, List<Value> values) {
    GoPrinter printer = new GoPrinter(out);
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        out.append(' ');
      }
      printer.print(values.get(i), 'v');
    }
    out.append('\n');
  }

  /** One operand by its verb. */
  void print(Value value, int verb) {
    Value inner = value.unboxed();
    if (verb == 'T') {
      layout.string(inner.typeName());
    } else if (inner instanceof Value.Nil) {
      if (verb == 'v') {
        layout.pad("<nil>");
      } else {
        bad(inner, verb);
      }
    } else {
      write(inner, verb, false);
    }
  }

  private void write(Value value, int verb, boolean inside) {
    String described = described(value, verb);
    if (described != null) {
      if (flags.sharpV) {
        layout.string(described);
      } else {
        text(value, described, verb);
      }
      return;
    }
    switch (value) {
      case Value.Text(String text) -> text(value, text, verb);
      case Value.Whole(long number, var type) -> whole(value, number, type, verb);
      case Value.Real(double number) -> real(value, number, verb);
      case Value.Truth(boolean truth) -> {
        if (verb == 'v' || verb == 't') {
          layout.truth(truth);
        } else {
          bad(value, verb);
        }
      }
      case Value.RowLabels(TemplateRow row) -> map(value, texts(row.labels()), verb);
      case Value.JsonObject(var members) -> map(value, members, verb);
      case Value.JsonArray(var elements) -> list(value, elements, verb);
      case Value.Boxed(Value inner) -> write(inner, verb, inside);
      case Value.Nil _ -> out.append(flags.sharpV ? "interface {}(nil)" : "<nil>");
      case Value.Moment _ -> bad(value, verb);
    }
  }

  /** What a type with a {@code String} method says of itself, where the verb wants to know. */
  private @Nullable String described(Value value, int verb) {
    boolean wanted = "vsxXq".indexOf(verb) >= 0;
    if (flags.sharpV) {
      return value instanceof Value.Moment(GoTime time) ? GoMethods.goString(time) : null;
    }
    return wanted ? GoMethods.string(value) : null;
  }

  private void text(Value value, String text, int verb) {
    switch (verb) {
      case 'v' -> {
        if (flags.sharpV) {
          layout.quoted(text);
        } else {
          layout.string(text);
        }
      }
      case 's' -> layout.string(text);
      case 'q' -> layout.quoted(text);
      case 'x' -> layout.hexString(text, false);
      case 'X' -> layout.hexString(text, true);
      default -> bad(value, verb);
    }
  }

  private void whole(Value value, long number, Value.IntegerType type, int verb) {
    switch (verb) {
      case 'v', 'd', 'b', 'o', 'O', 'x', 'X' -> {
        if (verb == 'v' && flags.sharpV && type == Value.IntegerType.BYTE) {
          layout.string("0x" + Long.toHexString(number));
        } else {
          layout.integer(number, verb);
        }
      }
      case 'c' -> layout.character(number);
      case 'q' -> layout.quotedCharacter(number);
      case 'U' -> layout.unicode(number);
      default -> bad(value, verb);
    }
  }

  private void real(Value value, double number, int verb) {
    switch (verb) {
      case 'v' -> layout.real(number, 'g', GoNumbers.SHORTEST);
      case 'b', 'g', 'G', 'x', 'X' -> layout.real(number, (char) verb, GoNumbers.SHORTEST);
      case 'e', 'E', 'f', 'F' -> layout.real(number, (char) verb, 6);
      default -> bad(value, verb);
    }
  }

  private static Map<String, Value> texts(Map<String, String> labels) {
    Map<String, Value> sorted = new TreeMap<>(GoStrings.BYTE_ORDER);
    labels.forEach((name, value) -> sorted.put(name, new Value.Text(value)));
    return sorted;
  }

  private void map(Value value, Map<String, Value> members, int verb) {
    out.append(flags.sharpV ? value.typeName() + "{" : "map[");
    boolean first = true;
    for (var member : members.entrySet()) {
      if (!first) {
        out.append(flags.sharpV ? ", " : " ");
      }
      first = false;
      write(new Value.Text(member.getKey()), verb, true);
      out.append(':');
      write(member.getValue(), verb, true);
    }
    out.append(flags.sharpV ? '}' : ']');
  }

  private void list(Value value, List<Value> elements, int verb) {
    out.append(flags.sharpV ? value.typeName() + "{" : "[");
    for (int i = 0; i < elements.size(); i++) {
      if (i > 0) {
        out.append(flags.sharpV ? ", " : " ");
      }
      write(elements.get(i), verb, true);
    }
    out.append(flags.sharpV ? '}' : ']');
  }

  /** A verb that does not go with the value: {@code %!d(string=x)}. */
  private void bad(Value value, int verb) {
    out.append("%!");
    out.append(Character.toString(verb));
    out.append('(');
    if (value instanceof Value.Nil) {
      out.append("<nil>");
    } else {
      out.append(value.typeName());
      out.append('=');
      write(value, 'v', false);
    }
    out.append(')');
  }

  /** {@code %!verb(what)}. */
  void complain(int verb, String what) {
    out.append("%!");
    out.append(Character.toString(verb));
    out.append(String.format(Locale.ROOT, "(%s)", what));
  }
}
