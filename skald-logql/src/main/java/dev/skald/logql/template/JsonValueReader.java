package dev.skald.logql.template;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON (RFC 8259) to values: numbers are floats, null and malformed text are no value. The last one
 * of members with the same name counts.
 */
final class JsonValueReader {
  private final String text;
  private int position;
  private int depth;

  private JsonValueReader(String text) {
    this.text = text;
  }

  static Value read(String text) {
    JsonValueReader reader = new JsonValueReader(text);
    Value value = reader.value();
    reader.skipBlanks();
    return value == null || reader.position < text.length() ? Value.Nil.NIL : value;
  }

  /** Null: malformed. */
  private @Nullable Value value() {
    skipBlanks();
    if (position == text.length()) {
      return null;
    }
    return switch (text.charAt(position)) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> {
        String string = string();
        if (string == null) {
          yield null;
        }
        yield new Value.Text(string);
      }
      case 't' -> word("true", Value.Truth.TRUE);
      case 'f' -> word("false", Value.Truth.FALSE);
      case 'n' -> word("null", Value.Nil.NIL);
      default -> number();
    };
  }

  private @Nullable Value object() {
    SortedMap<String, Value> members = new TreeMap<>(GoStrings.BYTE_ORDER);
    if (!open()) {
      return null;
    }
    if (take('}')) {
      depth--;
      return new Value.JsonObject(members);
    }
    while (true) {
      skipBlanks();
      String name = position < text.length() && text.charAt(position) == '"' ? string() : null;
      if (name == null || !take(':')) {
        return null;
      }
      Value member = value();
      if (member == null) {
        return null;
      }
      members.put(name, member);
      if (take('}')) {
        depth--;
        return new Value.JsonObject(members);
      }
      if (!take(',')) {
        return null;
      }
    }
  }

  private @Nullable Value array() {
    List<Value> elements = new ArrayList<>();
    if (!open()) {
      return null;
    }
    if (take(']')) {
      depth--;
      return new Value.JsonArray(elements);
    }
    while (true) {
      Value element = value();
      if (element == null) {
        return null;
      }
      elements.add(element);
      if (take(']')) {
        depth--;
        return new Value.JsonArray(elements);
      }
      if (!take(',')) {
        return null;
      }
    }
  }

  private boolean open() {
    position++;
    return ++depth <= TemplateLimits.JSON_DEPTH_MAX;
  }

  private boolean take(char c) {
    skipBlanks();
    if (position < text.length() && text.charAt(position) == c) {
      position++;
      return true;
    }
    return false;
  }

  private @Nullable Value word(String word, Value value) {
    if (!text.startsWith(word, position)) {
      return null;
    }
    position += word.length();
    return value;
  }

  private @Nullable Value number() {
    int start = position;
    if (at('-')) {
      position++;
    }
    boolean zero = at('0');
    int whole = digits();
    boolean valid = whole > 0 && !(zero && whole > 1);
    if (at('.')) {
      position++;
      valid &= digits() > 0;
    }
    if (at('e') || at('E')) {
      position++;
      if (at('+') || at('-')) {
        position++;
      }
      valid &= digits() > 0;
    }
    Double number = valid ? GoNumberText.floatOrNull(text.substring(start, position)) : null;
    return number == null ? null : new Value.Real(number);
  }

  private int digits() {
    int start = position;
    while (position < text.length()
        && text.charAt(position) >= '0'
        && text.charAt(position) <= '9') {
      position++;
    }
    return position - start;
  }

  private @Nullable String string() {
    position++;
    StringBuilder string = new StringBuilder();
    while (position < text.length()) {
      char c = text.charAt(position++);
      if (c == '"') {
        return string.toString();
      }
      if (c < 0x20 || (c == '\\' && !escape(string))) {
        return null;
      }
      if (c != '\\') {
        string.append(c);
      }
    }
    return null;
  }

  private boolean escape(StringBuilder string) {
    if (position == text.length()) {
      return false;
    }
    char c = text.charAt(position++);
    switch (c) {
      case '"', '\\', '/' -> string.append(c);
      case 'b' -> string.append('\b');
      case 'f' -> string.append('\f');
      case 'n' -> string.append('\n');
      case 'r' -> string.append('\r');
      case 't' -> string.append('\t');
      case 'u' -> {
        return unicode(string);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** A pair of surrogates is one character, a lone one is U+FFFD. */
  private boolean unicode(StringBuilder string) {
    int unit = hex4(position);
    if (unit < 0) {
      return false;
    }
    position += 4;
    if (!Character.isSurrogate((char) unit)) {
      string.append((char) unit);
      return true;
    }
    int low = text.startsWith("\\u", position) ? hex4(position + 2) : -1;
    if (Character.isHighSurrogate((char) unit)
        && low >= 0
        && Character.isLowSurrogate((char) low)) {
      string.append((char) unit).append((char) low);
      position += 6;
    } else {
      string.append('\uFFFD');
    }
    return true;
  }

  private int hex4(int at) {
    if (at + 4 > text.length()) {
      return -1;
    }
    int value = 0;
    for (int i = at; i < at + 4; i++) {
      char c = text.charAt(i);
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value * 16 + digit;
    }
    return value;
  }

  private boolean at(char c) {
    return position < text.length() && text.charAt(position) == c;
  }

  private void skipBlanks() {
    while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
  }
}
