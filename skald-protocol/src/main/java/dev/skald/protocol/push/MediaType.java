package dev.skald.protocol.push;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The type of a {@code Content-Type} header (RFC 9110, 8.3); parameters are checked and dropped.
 */
final class MediaType {
  private static final String TOKEN_SIGNS = "!#$%&'*+-.^_`|~";

  private final String text;
  private int at;

  private MediaType(String text) {
    this.text = text;
  }

  /**
   * The type in lower case, such as {@code application/json}.
   *
   * @throws SkaldException BAD_REQUEST if the header is empty or malformed
   */
  static String parse(String header) {
    return new MediaType(header).type();
  }

  private String type() {
    skipBlanks();
    String type = token();
    if (type.isEmpty()) {
      throw refused("no media type");
    }
    if (at < text.length() && text.charAt(at) == '/') {
      at++;
      String subtype = token();
      if (subtype.isEmpty()) {
        throw refused("expected token after slash");
      }
      type = type + '/' + subtype;
    }
    skipBlanks();
    Set<String> names = new HashSet<>();
    while (at < text.length()) {
      if (text.charAt(at++) != ';') {
        throw refused("unexpected content after media subtype");
      }
      skipBlanks();
      if (at < text.length()) {
        parameter(names);
      }
    }
    return type.toLowerCase(Locale.ROOT);
  }

  private void parameter(Set<String> names) {
    String name = token();
    skipBlanks();
    if (name.isEmpty() || at == text.length() || text.charAt(at++) != '=') {
      throw refused("invalid media parameter");
    }
    skipBlanks();
    boolean quoted = at < text.length() && text.charAt(at) == '"';
    if (quoted ? !skipQuoted() : token().isEmpty()) {
      throw refused("invalid media parameter");
    }
    if (!names.add(name.toLowerCase(Locale.ROOT))) {
      throw refused("duplicate parameter name");
    }
    skipBlanks();
  }

  private boolean skipQuoted() {
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return true;
      }
      if (c == '\\') {
        at++;
      }
    }
    return false;
  }

  private String token() {
    int start = at;
    while (at < text.length() && isToken(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private void skipBlanks() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private static boolean isToken(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || TOKEN_SIGNS.indexOf(c) >= 0;
  }

  private static SkaldException refused(String what) {
    return SkaldException.of(ErrorKind.BAD_REQUEST, "mime: " + what);
  }
}
