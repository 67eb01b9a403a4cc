package dev.skald.logql.template;

import static dev.skald.logql.template.GoType.STRING;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Text in the clothes of URLs and base64. */
final class EncodingFunctions {
  private static final String UNRESERVED = "-_.~";

  static final List<TemplateFunction> ALL =
      List.of(
          TemplateFunction.of("urlencode", a -> new Value.Text(queryEscape(a, a.text(0))), STRING),
          TemplateFunction.of("urldecode", a -> new Value.Text(queryUnescape(a.text(0))), STRING),
          TemplateFunction.of("b64enc", EncodingFunctions::base64, STRING),
          TemplateFunction.of("b64dec", a -> new Value.Text(fromBase64(a.text(0))), STRING));

  private EncodingFunctions() {}

  /** Go's {@code url.QueryEscape}: a blank becomes a plus sign. */
  static String queryEscape(Arguments a, String text) {
    TemplateOutput escaped = a.newText();
    for (byte b : GoStrings.encode(text)) {
      int c = b & 0xFF;
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0);
      if (plain || c == ' ') {
        escaped.append(c == ' ' ? '+' : (char) c);
      } else {
        escaped.append(String.format(Locale.ROOT, "%%%02X", c));
      }
    }
    return escaped.rawText();
  }

  private static String queryUnescape(String text) {
    byte[] in = GoStrings.encode(text);
    byte[] out = new byte[in.length];
    int n = 0;
    for (int i = 0; i < in.length; i++) {
      if (in[i] == '%') {
        int value = i + 2 < in.length ? hex(in[i + 1]) * 16 + hex(in[i + 2]) : -1;
        if (value < 0 || hex(in[i + 2]) < 0) {
          String bad = GoStrings.decode(in, i, Math.min(in.length, i + 3));
          throw new TemplateFailure("invalid URL escape " + GoQuote.quote(bad));
        }
        out[n++] = (byte) value;
        i += 2;
      } else {
        out[n++] = in[i] == '+' ? (byte) ' ' : in[i];
      }
    }
    return GoStrings.decode(out, 0, n);
  }

  /** Far below zero for what is no digit, so that a sum with it is negative. */
  private static int hex(byte b) {
    int digit = b >= 0 ? Character.digit(b, 16) : -1;
    return digit < 0 ? -1_000 : digit;
  }

  private static Value base64(Arguments a) {
    byte[] bytes = GoStrings.encode(a.text(0));
    TemplateOutput encoded = a.newText();
    encoded.append(Base64.getEncoder().encodeToString(bytes));
    return new Value.Text(encoded.rawText());
  }

  /** Line ends are skipped. A fault is the answer, not an error. */
  private static String fromBase64(String text) {
    byte[] in = GoStrings.encode(text);
    int fault = GoBase64.firstFault(in);
    if (fault >= 0) {
      return "illegal base64 data at input byte " + fault;
    }
    String clean = new String(in, StandardCharsets.ISO_8859_1).replaceAll("[\r\n]", "");
    byte[] decoded = Base64.getDecoder().decode(clean);
    return GoStrings.decode(decoded, 0, decoded.length);
  }
}
