package dev.skald.config;

import dev.skald.config.ConfigValue.Entry;
import dev.skald.config.ConfigValue.Mapping;
import dev.skald.config.ConfigValue.Quoting;
import dev.skald.config.ConfigValue.Scalar;
import dev.skald.config.ConfigValue.Sequence;
import dev.skald.config.RecordShape.Field;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records to trees, and trees to YAML text that reads back as the same tree. */
public final class ConfigYaml {
  private static final Origin ORIGIN = Origin.of("record");
  private static final String MASK = "********";
  private static final String SPECIAL_FIRST = "-?:,[]{}#&*!|>'\"%@`~<= ";

  private ConfigYaml() {}

  /** Every key of a record with its value; secrets that are set are masked. */
  public static Mapping tree(Record record) {
    LinkedHashMap<String, Entry> entries = new LinkedHashMap<>();
    for (Field field : RecordShape.fields(record.getClass())) {
      Object value = field.of(record);
      if (field.isInline() && value instanceof Record inner) {
        entries.putAll(tree(inner).entries());
      } else {
        ConfigValue node = node(value);
        if (field.isSecret() && node instanceof Scalar scalar && !scalar.text().isEmpty()) {
          node = new Scalar(MASK, Quoting.QUOTED, ORIGIN);
        } else {
          node = masked(node);
        }
        entries.put(field.key(), new Entry(ORIGIN, node));
      }
    }
    return new Mapping(entries, ORIGIN);
  }

  /** Passwords in URLs are secrets wherever the URL stands: {@code http://user:password@host}. */
  private static ConfigValue masked(ConfigValue value) {
    return switch (value) {
      case Scalar scalar -> {
        String text = masked(scalar.text());
        yield text.equals(scalar.text()) ? scalar : new Scalar(text, Quoting.QUOTED, ORIGIN);
      }
      case Sequence sequence ->
          new Sequence(
              sequence.items().stream().map(ConfigYaml::masked).toList(), sequence.origin());
      case Mapping mapping -> mapping; // of records, done with their own fields
    };
  }

  private static String masked(String text) {
    StringBuilder out = new StringBuilder();
    int from = 0;
    for (int scheme = text.indexOf("://"); scheme >= 0; scheme = text.indexOf("://", from)) {
      int start = scheme + "://".length();
      int end = start;
      while (end < text.length() && "/,?# ".indexOf(text.charAt(end)) < 0) {
        end++;
      }
      int at = text.lastIndexOf('@', end - 1);
      int colon = at < start ? -1 : text.indexOf(':', start);
      boolean hasPassword = colon >= start && colon < at;
      if (hasPassword) {
        out.append(text, from, colon + 1).append(MASK);
        from = at;
      }
      out.append(text, from, end);
      from = end;
    }
    return out.append(text, from, text.length()).toString();
  }

  /** The keys of {@code tree} whose values are others than in {@code base}; lists are compared whole. */
  public static Mapping difference(Mapping tree, Mapping base) {
    LinkedHashMap<String, Entry> changed = new LinkedHashMap<>();
    tree.entries()
        .forEach(
            (key, entry) -> {
              Entry old = base.entries().get(key);
              if (old == null) {
                changed.put(key, entry);
              } else if (entry.value() instanceof Mapping now
                  && old.value() instanceof Mapping before) {
                Mapping inner = difference(now, before);
                if (!inner.entries().isEmpty()) {
                  changed.put(key, new Entry(ORIGIN, inner));
                }
              } else if (!print(entry.value()).equals(print(old.value()))) {
                changed.put(key, entry);
              }
            });
    return new Mapping(changed, ORIGIN);
  }

  /** Block style, two spaces a level, with a line feed at the end. */
  public static String print(ConfigValue value) {
    StringBuilder out = new StringBuilder();
    switch (value) {
      case Scalar scalar -> out.append(text(scalar)).append('\n');
      case Sequence sequence -> print(sequence, 0, out);
      case Mapping mapping -> print(mapping, 0, out);
    }
    return out.toString();
  }

  private static ConfigValue node(@Nullable Object value) {
    return switch (value) {
      case null -> Scalar.plain("null", ORIGIN);
      case Duration duration -> Scalar.plain(DurationText.format(duration), ORIGIN);
      case ByteSize size -> Scalar.plain(size.toString(), ORIGIN);
      case Enum<?> constant -> Scalar.plain(ScalarReader.name(constant), ORIGIN);
      case Double number -> Scalar.plain(decimal(number), ORIGIN);
      case String text -> new Scalar(text, quoting(text), ORIGIN);
      case List<?> list -> {
        List<ConfigValue> items = new ArrayList<>();
        list.forEach(item -> items.add(node(item)));
        yield new Sequence(items, ORIGIN);
      }
      case Map<?, ?> map -> {
        LinkedHashMap<String, Entry> entries = new LinkedHashMap<>();
        map.forEach((key, item) -> entries.put(String.valueOf(key), new Entry(ORIGIN, node(item))));
        yield new Mapping(entries, ORIGIN);
      }
      case Record record -> tree(record);
      default -> Scalar.plain(value.toString(), ORIGIN);
    };
  }

  private static String decimal(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  private static void print(Mapping mapping, int indent, StringBuilder out) {
    mapping
        .entries()
        .forEach(
            (key, entry) -> {
              out.repeat(' ', indent).append(quoted(key, quoting(key))).append(':');
              value(entry.value(), indent, out);
            });
  }

  private static void value(ConfigValue value, int indent, StringBuilder out) {
    switch (value) {
      case Scalar scalar -> out.append(' ').append(text(scalar)).append('\n');
      case Sequence sequence when sequence.items().isEmpty() -> out.append(" []\n");
      case Mapping mapping when mapping.entries().isEmpty() -> out.append(" {}\n");
      case Sequence sequence -> {
        out.append('\n');
        print(sequence, indent, out);
      }
      case Mapping mapping -> {
        out.append('\n');
        print(mapping, indent + 2, out);
      }
    }
  }

  private static void print(Sequence sequence, int indent, StringBuilder out) {
    for (ConfigValue item : sequence.items()) {
      if (item instanceof Mapping mapping && !mapping.entries().isEmpty()) {
        StringBuilder block = new StringBuilder();
        print(mapping, indent + 2, block);
        block.replace(0, indent + 2, " ".repeat(indent) + "- ");
        out.append(block);
      } else {
        out.repeat(' ', indent).append('-');
        value(item, indent + 2, out);
      }
    }
  }

  private static String text(Scalar scalar) {
    return quoted(scalar.text(), scalar.quoting());
  }

  private static String quoted(String text, Quoting quoting) {
    if (quoting == Quoting.PLAIN) {
      return text;
    }
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ') {
            out.append(String.format(java.util.Locale.ROOT, "\\x%02x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }

  /** Plain only where no reader of YAML could take the text for something else. */
  private static Quoting quoting(String text) {
    boolean plain = !text.isEmpty() && SPECIAL_FIRST.indexOf(text.charAt(0)) < 0;
    plain &= !text.contains(": ") && !text.contains(" #") && !text.endsWith(":");
    plain &= text.chars().noneMatch(c -> c < ' ') && !text.endsWith(" ");
    plain &= !looksLikeOther(text);
    return plain ? Quoting.PLAIN : Quoting.QUOTED;
  }

  private static boolean looksLikeOther(String text) {
    if (Scalar.plain(text, ORIGIN).isNull() || Character.isDigit(text.charAt(0))) {
      return true;
    }
    try {
      ScalarReader.bool(text);
      return true;
    } catch (IllegalArgumentException _) {
      return text.charAt(0) == '.' || text.charAt(0) == '+';
    }
  }
}
