package dev.skald.query.plain;

import java.util.ArrayList;
import java.util.List;

/** Reads JSON into a tree; of a broken text, what stands before the fault (spec logql.md 6.2). */
final class PlainJsonReader {
  private final String text;
  private int at;

  private PlainJsonReader(String text) {
    this.text = text;
  }

  /** @param root null if the text does not begin with a value */
  record Document(Value root, boolean isFaulty) {}

  record Member(String key, Value value) {}

  sealed interface Value {
    record Text(String decoded, String raw) implements Value {}

    /** A number, true or false, as written. */
    record Bare(String raw) implements Value {}

    record Null() implements Value {}

    record Array(List<Value> elements, String raw) implements Value {}

    /** Members are added while it is read. */
    record Members(List<Member> members, StringBuilder raw) implements Value {
      /** Null if there is none. */
      Value member(String name) {
        for (Member member : members) {
          if (member.key().equals(name)) {
            return member.value();
          }
        }
        return null;
      }
    }

    /** As an expression's label shows it. */
    default String asLabel() {
      return switch (this) {
        case Text(String decoded, String _) -> decoded;
        case Bare(String raw) -> raw;
        case Null _ -> "";
        case Array(List<Value> _, String raw) -> raw;
        case Members(List<Member> _, StringBuilder raw) -> raw.toString();
      };
    }
  }

  private static final class Fault extends Exception {
    private static final long serialVersionUID = 1L;
  }

  static Document read(String text) {
    PlainJsonReader reader = new PlainJsonReader(text);
    reader.skipBlanks();
    List<Member> members = new ArrayList<>();
    try {
      if (reader.at < text.length() && text.charAt(reader.at) == '{') {
        Value.Members root = new Value.Members(members, new StringBuilder());
        reader.readMembers(root);
        return new Document(root, false);
      }
      return new Document(reader.value(), false);
    } catch (Fault _) {
      return new Document(new Value.Members(members, new StringBuilder()), true);
    }
  }

  private void skipBlanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char next() throws Fault {
    skipBlanks();
    if (at == text.length()) {
      throw new Fault();
    }
    return text.charAt(at);
  }

  private void expect(char c) throws Fault {
    if (next() != c) {
      throw new Fault();
    }
    at++;
  }

  private Value value() throws Fault {
    char c = next();
    int start = at;
    switch (c) {
      case '{' -> {
        Value.Members object = new Value.Members(new ArrayList<>(), new StringBuilder());
        readMembers(object);
        return object;
      }
      case '[' -> {
        return array();
      }
      case '"' -> {
        String decoded = string();
        return new Value.Text(decoded, text.substring(start, at));
      }
      default -> {
        while (at < text.length() && ",}] \t\r\n".indexOf(text.charAt(at)) < 0) {
          at++;
        }
        return bare(text.substring(start, at));
      }
    }
  }

  private static Value bare(String raw) throws Fault {
    boolean isNumber = !raw.isEmpty() && "-0123456789".indexOf(raw.charAt(0)) >= 0;
    if (raw.equals("null")) {
      return new Value.Null();
    }
    if (!isNumber && !raw.equals("true") && !raw.equals("false")) {
      throw new Fault();
    }
    return new Value.Bare(raw);
  }

  private void readMembers(Value.Members object) throws Fault {
    int start = at;
    expect('{');
    while (next() != '}') {
      if (next() != '"') {
        throw new Fault();
      }
      String key = string();
      expect(':');
      object.members().add(new Member(key, value()));
      if (next() != '}') {
        expect(',');
      }
    }
    at++;
    object.raw().append(text, start, at);
  }

  private Value array() throws Fault {
    int start = at;
    List<Value> elements = new ArrayList<>();
    expect('[');
    while (next() != ']') {
      elements.add(value());
      if (next() != ']') {
        expect(',');
      }
    }
    at++;
    return new Value.Array(elements, text.substring(start, at));
  }

  private String string() throws Fault {
    StringBuilder decoded = new StringBuilder();
    at++;
    while (true) {
      if (at == text.length()) {
        throw new Fault();
      }
      char c = text.charAt(at++);
      if (c == '"') {
        return decoded.toString();
      }
      decoded.append(c == '\\' ? escaped() : c);
    }
  }

  private char escaped() throws Fault {
    if (at == text.length()) {
      throw new Fault();
    }
    char c = text.charAt(at++);
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> {
        at += 4;
        yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
      }
      default -> c;
    };
  }
}
