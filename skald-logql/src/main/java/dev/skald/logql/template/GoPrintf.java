package dev.skald.logql.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code fmt.Sprintf}: a format with verbs, flags, widths and argument numbers. Faults are printed,
 * never thrown.
 */
final class GoPrintf {
  private static final int NO_NUMBER = -1;

  private final TemplateOutput out;
  private final String format;
  private final List<Value> arguments;
  private final GoPrinter printer;
  private int position;
  private int argument;

  /** The format gives numbers to arguments: then no argument is too many. */
  private boolean reordered;

  private boolean afterNumber;
  private boolean goodNumber;

  private GoPrintf(TemplateOutput out, String format, List<Value> arguments) {
    this.out = out;
    this.format = format;
    this.arguments = arguments;
    this.printer = new GoPrinter(out);
  }

  static void print(TemplateOutput out, String format, List<Value> arguments) {
    new GoPrintf(out, format, arguments).run();
  }

  private void run() {
    while (position < format.length()) {
      int percent = format.indexOf('%', position);
      int end = percent < 0 ? format.length() : percent;
      out.append(format, position, end);
      position = end;
      if (percent >= 0) {
        position++;
        goodNumber = true;
        afterNumber = false;
        directive();
      }
    }
    if (!reordered && argument < arguments.size()) {
      printer.flags.clear();
      extraArguments();
    }
  }

  private void directive() {
    PrintFlags flags = printer.flags;
    flags.clear();
    readFlags(flags);
    argumentNumber();
    if (at('*')) {
      position++;
      starWidth(flags);
      afterNumber = false;
    } else {
      flags.width = number();
      if (afterNumber && flags.hasWidth()) {
        goodNumber = false;
      }
    }
    if (at('.')) {
      position++;
      if (afterNumber) {
        goodNumber = false;
      }
      argumentNumber();
      if (at('*')) {
        position++;
        starPrecision(flags);
        afterNumber = false;
      } else {
        flags.precision = Math.max(0, number());
      }
    }
    if (!afterNumber) {
      argumentNumber();
    }
    if (position >= format.length()) {
      out.append("%!(NOVERB)");
      return;
    }
    int verb = format.codePointAt(position);
    position += Character.charCount(verb);
    apply(flags, verb);
  }

  private void apply(PrintFlags flags, int verb) {
    if (verb == '%') {
      out.append('%');
    } else if (!goodNumber) {
      printer.complain(verb, "BADINDEX");
    } else if (argument >= arguments.size()) {
      printer.complain(verb, "MISSING");
    } else {
      flags.settle(verb);
      printer.print(arguments.get(argument), verb);
      argument++;
    }
  }

  private void readFlags(PrintFlags flags) {
    for (; position < format.length(); position++) {
      switch (format.charAt(position)) {
        case '#' -> flags.sharp = true;
        case '0' -> flags.zero = true;
        case '+' -> flags.plus = true;
        case '-' -> flags.minus = true;
        case ' ' -> flags.space = true;
        default -> {
          return;
        }
      }
    }
  }

  private void starWidth(PrintFlags flags) {
    Integer size = sizeFromArgument();
    if (size == null) {
      out.append("%!(BADWIDTH)");
      return;
    }
    flags.width = Math.abs(size);
    if (size < 0) {
      flags.minus = true;
      flags.zero = false; // no zeros to the right
    }
  }

  private void starPrecision(PrintFlags flags) {
    Integer size = sizeFromArgument();
    if (size == null || size < 0) {
      out.append(size == null ? "%!(BADPREC)" : "");
      return;
    }
    flags.precision = size;
  }

  private @Nullable Integer sizeFromArgument() {
    if (argument >= arguments.size()) {
      return null;
    }
    Value value = arguments.get(argument++).unboxed();
    boolean fits =
        value instanceof Value.Whole(long number, var _) && Math.abs(number) <= PrintFlags.SIZE_MAX;
    return fits ? (Integer) (int) ((Value.Whole) value).value() : null;
  }

  /**
   * A number in the format, or {@link PrintFlags#ABSENT}; as in Go too large a one ends the format.
   */
  private int number() {
    int value = 0;
    int start = position;
    while (position < format.length() && isDigit(format.charAt(position))) {
      value = value * 10 + format.charAt(position) - '0';
      if (value > PrintFlags.SIZE_MAX) {
        position = format.length();
        return PrintFlags.ABSENT;
      }
      position++;
    }
    return position == start ? PrintFlags.ABSENT : value;
  }

  /** {@code [3]}: the next argument is the third one. */
  private void argumentNumber() {
    if (!at('[')) {
      return;
    }
    reordered = true;
    int close = format.indexOf(']', position);
    if (close < 0) {
      goodNumber = false;
      position++;
      return;
    }
    int number = bracketed(format.substring(position + 1, close));
    position = close + 1;
    if (number == NO_NUMBER || number < 1 || number > arguments.size()) {
      goodNumber = false;
      return;
    }
    argument = number - 1;
    afterNumber = true;
  }

  private static int bracketed(String digits) {
    if (digits.isEmpty() || digits.length() > 7) {
      return NO_NUMBER;
    }
    for (int i = 0; i < digits.length(); i++) {
      if (!isDigit(digits.charAt(i))) {
        return NO_NUMBER;
      }
    }
    return Integer.parseInt(digits);
  }

  private void extraArguments() {
    out.append("%!(EXTRA ");
    for (int i = argument; i < arguments.size(); i++) {
      out.append(i > argument ? ", " : "");
      Value value = arguments.get(i).unboxed();
      if (value instanceof Value.Nil) {
        out.append("<nil>");
      } else {
        out.append(value.typeName());
        out.append('=');
        printer.print(value, 'v');
      }
    }
    out.append(')');
  }

  private boolean at(char c) {
    return position < format.length() && format.charAt(position) == c;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
