package dev.skald.logql.template;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Verbs, flags and faults of printf; the expected texts are those of Go's fmt. */
final class GoPrintfTest {
  /** @param arguments as they stand in a template behind the format */
  record Case(String format, String arguments, String expected) {}

  static Case of(String format, String arguments, String expected) {
    return new Case(format, arguments, expected);
  }

  static Stream<Case> cases() {
    return Stream.of(
        of("%d|%5d|%-5d|%05d|%+d|% d", "1 2 3 4 5 6", "1|    2|3    |00004|+5| 6"),
        of("%5d|%05d|%.3d|%8.3d", "-7 -7 -7 -7", "   -7|-0007|-007|    -007"),
        of(
            "%x|%X|%#x|%o|%#o|%O|%b|%#b",
            "255 255 255 8 8 8 5 5", "ff|FF|0xff|10|010|0o10|101|0b101"),
        of("%c|%q|%U|%#U", "65 65 8364 8364", "A|'A'|U+20AC|U+20AC '€'"),
        of("%s|%5s|%-5s|%.2s|%05s", "`ab` `ab` `ab` `abc` `ab`", "ab|   ab|ab   |ab|000ab"),
        of(
            "%q|%+q|%#q|%x|% x|%#x|%X",
            "`é` `é` `é` `hi` `hi` `hi` `hi`", "\"é\"|\"\\u00e9\"|`é`|6869|68 69|0x6869|6869"),
        of("%v|%t|%5t|%d", "true true false true", "true|true|false|%!d(bool=true)"),
        of(
            "%v|%g|%e|%f|%.2f|%8.2f|%-8.2f|%08.2f|%+.1f",
            "1.5 1.5 1.5 1.5 1.5 1.5 1.5 1.5 1.5",
            "1.5|1.5|1.500000e+00|1.500000|1.50|    1.50|1.50    |00001.50|+1.5"),
        of(
            "%g|%g|%G|%.3g|%.3g|%#g|%E",
            "1e6 1e-5 1e-7 1234.5678 100.0 1.0 12345.678",
            "1e+06|1e-05|1E-07|1.23e+03|100|1.00000|1.234568E+04"),
        of("%.0f|%.0f|%.0f|%.1f", "0.5 1.5 2.5 0.25", "0|2|2|0.2"),
        of(
            "%6.3v|%x|%X|%.2x|%b",
            "1.23456 1.5 -0.5 1.999 1.0",
            "  1.23|0x1.8p+00|-0X1P-01|0x1.00p+01|4503599627370496p-52"),
        of(
            "%v|%d|%s|%q",
            "(fromJson `[1,\"x\",null,true]`) (fromJson `[1]`) (fromJson `[\"x\"]`) "
                + "(fromJson `[\"x\"]`)",
            "[1 x <nil> true]|[%!d(float64=1)]|[x]|[\"x\"]"),
        of(
            "%v|%#v|%T",
            "(fromJson `{\"b\":1,\"a\":null}`) (fromJson `{\"b\":1,\"a\":null}`) (fromJson `[]`)",
            "map[a:<nil> b:1]|map[string]interface {}{\"a\":interface {}(nil), \"b\":1}|"
                + "[]interface {}"),
        of("%#v|%#v|%#v|%#v", "`a` 1 1.0 true", "\"a\"|1|1|true"),
        of("%*d|%-*d|%.*f", "5 1 5 1 2 1.0", "    1|1    |1.00"),
        of("%[2]d %[1]d|%[2]*[1]d", "1 5", "5 1|    1"),
        of("%d %d", "1", "1 %!d(MISSING)"),
        of("%d", "1 2 `x`", "1%!(EXTRA int=2, string=x)"),
        of("%s", "5", "%!s(int=5)"),
        of("%d", "`x`", "%!d(string=x)"),
        of("%z", "5", "%!z(int=5)"),
        of("%d", "nil", "%!d(<nil>)"),
        of("%v %T", "nil nil", "<nil> <nil>"),
        of("%", "", "%!(NOVERB)"),
        of("100%", "", "100%!(NOVERB)"),
        of("%[5]d", "1", "%!d(BADINDEX)"),
        of("%[x]d", "1", "%!d(BADINDEX)"),
        of("%*d", "`a` 1", "%!(BADWIDTH)1"),
        of("%9999999d", "1", "%!(NOVERB)%!(EXTRA int=1)"),
        of("%%|%5%", "", "%|%"),
        of(
            "%s|%v|%d|%q",
            "(fromJson `x`) (unixToTime `20758`).Month (unixToTime `20758`).Month "
                + "(unixToTime `20758`).Weekday",
            "%!s(<nil>)|November|11|\"Sunday\""),
        of("%é", "1", "%!é(int=1)"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void formats(Case c) {
    String template = "{{ printf `" + c.format() + "` " + c.arguments() + " }}";
    if (c.expected().contains("`") || c.format().contains("`")) {
      template = "{{ printf \"" + c.format() + "\" " + c.arguments() + " }}";
    }
    assertEquals(c.expected(), TestRow.of().print(template));
  }
}
