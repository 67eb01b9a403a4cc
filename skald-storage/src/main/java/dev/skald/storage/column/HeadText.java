package dev.skald.storage.column;

import dev.skald.storage.column.NumberHead.Transform;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a column's head says, for people. */
public final class HeadText {
  /** More of a constant is not shown. */
  private static final int VALUE_BYTES_SHOWN = 24;

  /** Fields of a pattern of times, by their byte; docs/format/column.md. */
  private static final String[] TIME_FIELDS = {
    "", "yyyy", "MM", "dd", "MMM", "HH", "mm", "ss", "S", "yy"
  };

  private HeadText() {}

  /** One line, inner columns in parentheses. */
  public static String of(ColumnHead head) {
    return switch (head) {
      case ConstHead(byte[] value) -> "constant " + quoted(value);
      case DictHead(int count, NumberHead ordinals, ColumnHead table) ->
          "dictionary of %d %s (%s)".formatted(count, numbers(ordinals), of(table));
      case IntHead(NumberHead numbers) -> "integers " + range(numbers);
      case DecimalHead(int scale, NumberHead numbers) ->
          "decimals with %d digits %s".formatted(scale, numbers(numbers));
      case DigitsHead(byte[] template, NumberHead numbers) ->
          "digits %s %s".formatted(digits(template), numbers(numbers));
      case DateHead(DateLayout layout, NumberHead numbers) ->
          "times %s %s".formatted(pattern(layout.pattern()), numbers(numbers));
      case HexHead(HexLayout layout, int _) -> "hexadecimal, %d digits".formatted(layout.digits);
      case AffixHead(byte[] prefix, byte[] suffix, ColumnHead inner) ->
          "affixes %s %s (%s)".formatted(quoted(prefix), quoted(suffix), of(inner));
      case StringsHead strings ->
          "strings of %d to %d bytes, lengths %s"
              .formatted(
                  strings.stamp().lengthMin(),
                  strings.stamp().lengthMax(),
                  numbers(strings.lengths()));
      case NestedStringsHead nested ->
          "nested, of %d to %d bytes"
              .formatted(nested.stamp().lengthMin(), nested.stamp().lengthMax());
      case PatchedHead(int odd, ColumnHead regular, NumberHead _, ColumnHead values) ->
          "patched (%s), %d odd (%s)".formatted(of(regular), odd, of(values));
    };
  }

  private static String range(NumberHead head) {
    return "%d to %d %s".formatted(head.min(), head.max(), numbers(head));
  }

  private static String numbers(NumberHead head) {
    String coding =
        switch (head.coding()) {
          case CONSTANT -> "constant";
          case PACKED -> "packed in %d bits".formatted(head.width());
          case PREFIX_DIRECT, PREFIX_HYBRID -> "prefix";
          case PLANES -> "planes of %d bytes".formatted(head.width());
          case RUNS -> head.runs() == null ? "runs" : "%d runs".formatted(head.runs().count());
        };
    return head.transform() == Transform.PLAIN
        ? coding
        : head.transform().name().toLowerCase(Locale.ROOT) + " " + coding;
  }

  private static String digits(byte[] template) {
    byte[] shown = template.clone();
    for (int i = 0; i < shown.length; i++) {
      shown[i] = shown[i] == DigitTemplate.DIGIT ? (byte) '#' : shown[i];
    }
    return quoted(shown);
  }

  private static String pattern(byte[] pattern) {
    StringBuilder text = new StringBuilder();
    for (byte b : pattern) {
      if (b > 0 && b < TIME_FIELDS.length) {
        text.append(TIME_FIELDS[b]);
      } else {
        text.append((char) (b & 0xff));
      }
    }
    return text.toString();
  }

  /** In quotes, what cannot be printed escaped, cut where it is long. */
  private static String quoted(byte[] bytes) {
    int shown = Math.min(bytes.length, VALUE_BYTES_SHOWN);
    return "\""
        + printable(new String(bytes, 0, shown, StandardCharsets.UTF_8))
        + (shown < bytes.length ? "…\"" : "\"");
  }

  /** The text with what cannot be printed escaped. */
  public static String printable(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        case '\r' -> out.append("\\r");
        default -> {
          if (Character.isISOControl(c)) {
            out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.toString();
  }
}
