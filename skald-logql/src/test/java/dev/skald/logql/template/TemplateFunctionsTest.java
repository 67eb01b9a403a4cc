package dev.skald.logql.template;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the functions give, as the reference answered; {@code id} is the number of its recorded
 * case.
 */
final class TemplateFunctionsTest {
  private static final TestRow ROW =
      TestRow.of(
              "app", "json-odd",
              "detected_level", "info",
              "env", "test",
              "f", "1.50",
              "level", "info",
              "msg", "plain",
              "n", "1",
              "no", "false",
              "ok", "true",
              "service_name", "json-odd")
          .withLine(
              "{\"level\":\"info\",\"msg\":\"plain\",\"n\":1,\"f\":1.50,\"ok\":true,"
                  + "\"no\":false,\"nul\":null}")
          .at(1_793_491_500_000_000_000L);

  record Case(String id, String template, String expected) {}

  static Case of(String id, String template, String expected) {
    return new Case(id, template, expected);
  }

  static Stream<Case> recorded() {
    return Stream.of(
        of(
            "001",
            "{{ lower `ÀBC dEf` }}|{{ upper `àbc ßı` }}|{{ title `hello wORLD foo-bar "
                + "o'neil éa` }}",
            "àbc def|ÀBC ßI|Hello WORLD Foo-Bar O'Neil Éa"),
        of(
            "002",
            "{{ ToLower `ABC` }}|{{ ToUpper `abc` }}|{{ Replace `aaa` `a` `b` 2 }}|{{ "
                + "Replace `aaa` `a` `b` -1 }}",
            "abc|ABC|bba|bbb"),
        of(
            "003",
            "{{ Trim `xxhixx` `x` }}|{{ TrimLeft `xxhixx` `x` }}|{{ TrimRight `xxhixx` `x` "
                + "}}|{{ TrimPrefix `xxhi` `x` }}|{{ TrimSuffix `hixx` `x` }}|{{ TrimSpace `  hi "
                + "` }}",
            "hi|hixx|xxhi|xhi|hix|hi"),
        of(
            "004",
            "{{ trunc 3 `abcdef` }}|{{ trunc -3 `abcdef` }}|{{ trunc 0 `abc` }}|{{ trunc "
                + "10 `abc` }}|{{ trunc 2 `日本語` }}|{{ trunc -1 `日本語` }}",
            "abc|def||abc|\uFFFD\uFFFD|\uFFFD"),
        of(
            "005",
            "{{ substr 1 3 `abcdef` }}|{{ substr -1 3 `abcdef` }}|{{ substr 2 -1 `abcdef` "
                + "}}|{{ substr 2 100 `abcdef` }}|{{ substr 0 2 `日本語` }}",
            "bc|abc|cdef|cdef|\uFFFD\uFFFD"),
        of(
            "008",
            "{{ contains `b` `abc` }}|{{ contains `z` `abc` }}|{{ hasPrefix `a` `abc` "
                + "}}|{{ hasSuffix `c` `abc` }}|{{ hasPrefix `` `abc` }}",
            "true|false|true|true|true"),
        of("009", "{{ indent 2 `a\nb` }}", "  a\n  b"),
        of("010", "{{ nindent 2 `a\nb` }}", "\n  a\n  b"),
        of("011", "{{ indent 0 `a` }}|", "a|"),
        of(
            "012",
            "{{ replace `a` `b` `banana` }}|{{ `banana` | replace `an` `x` }}|{{ replace "
                + "`` `-` `abc` }}",
            "bbnbnb|bxxa|-a-b-c-"),
        of("013", "{{ repeat 3 `ab` }}|{{ repeat 0 `ab` }}|", "ababab||"),
        of(
            "015",
            "{{ trim `  a b  ` }}|{{ trimAll `$` `$5.00$` }}|{{ trimPrefix `ab` `abc` "
                + "}}|{{ trimSuffix `bc` `abc` }}|{{ trimAll `ab` `abcba` }}",
            "a b|5.00|c|a|c"),
        of(
            "016",
            "{{ default `d` `` }}|{{ default `d` `v` }}|{{ .nope | default `none` }}|{{ "
                + "default `d` 0 }}|{{ default `d` false }}|{{ .n | default `z` }}",
            "d|v|none|d|d|1"),
        of(
            "019",
            "{{ add 1 2 3 }}|{{ add `4` 5 }}|{{ add 1.9 1 }}|{{ sub 5 3 }}|{{ sub 3 5 "
                + "}}|{{ mul 2 3 4 }}|{{ div 7 2 }}|{{ div -7 2 }}|{{ mod 7 3 }}|{{ mod -7 3 "
                + "}}|{{ add }}",
            "6|9|2|2|-2|24|3|-3|1|-1|0"),
        of(
            "022",
            "{{ max 1 5 3 }}|{{ min 4 2 8 }}|{{ max `7` 3 }}|{{ maxf 1.5 2.5 }}|{{ minf "
                + "1.5 `0.5` 2 }}|{{ max 1 }}|{{ maxf 1 2 3 }}",
            "5|2|7|2.5|0.5|1|3"),
        of(
            "025",
            "{{ ceil 1.2 }}|{{ ceil -1.2 }}|{{ floor 1.8 }}|{{ floor -1.2 }}|{{ round 1.25 "
                + "1 }}|{{ round 1.35 1 }}|{{ round 123.555555 3 }}|{{ round -1.5 0 }}|{{ round "
                + "2.5 0 }}|{{ round 1.24 1 0.3 }}|{{ ceil `3.1` }}|{{ floor `abc` }}",
            "2|-1|1|-2|1.3|1.4|123.556|-2|3|1.3|4|0"),
        of(
            "026",
            "{{ fromJson `{\"a\":[1,2.5,\"x\",true,null,{\"b\":1e10}]}` }}",
            "map[a:[1 2.5 x true <nil> map[b:1e+10]]]"),
        of("027", "{{ range (index (fromJson `{\"a\":[1,2]}`) `a`) }}[{{ . }}]{{ end }}", "[1][2]"),
        of("029", "{{ fromJson `broken` }}|", "<no value>|"),
        of(
            "030",
            "{{ range $k, $v := fromJson `{\"z\":1,\"a\":2}` }}{{ $k }}={{ $v }} {{ end }}",
            "a=2 z=1 "),
        of("031", "{{ (fromJson `[1,2,3]`) | len }}", "3"),
        of(
            "033",
            "{{ count `a` `banana` }}|{{ count `an` `banana` }}|{{ count `\\d+` "
                + "`a1b22c333` }}|{{ count `` `abc` }}|{{ `banana` | count `a` }}",
            "3|2|3|4|3"),
        of(
            "035",
            "{{ regexReplaceAll `a(x*)b` `-ab-axxb-` `${1}W` }}|{{ regexReplaceAll `(\\w+) "
                + "(\\w+)` `hello world` `$2 $1` }}|{{ regexReplaceAll `z` `abc` `x` }}|{{ "
                + "regexReplaceAll `a(x*)b` `-ab-axxb-` `$1W` }}",
            "-W-xxW-|world hello|abc|---"),
        of(
            "042",
            "[{{ alignLeft 5 `abc` }}][{{ alignLeft 2 `abc` }}][{{ alignRight 5 `abc` "
                + "}}][{{ alignRight 2 `abc` }}][{{ alignLeft 3 `日本語文` }}][{{ alignRight 3 "
                + "`日本語文` }}][{{ alignLeft 4 `日本` }}]",
            "[abc  ][ab][  abc][bc][日本語][本語文][日本  ]"),
        of(
            "043",
            "[{{ alignLeft -1 `abc` }}][{{ alignRight 0 `abc` }}][{{ alignLeft 0 `abc` }}]",
            "[abc][][]"),
        of(
            "044",
            "{{ duration `1h30m` }}|{{ duration `250ms` }}|{{ duration_seconds `1m` }}|{{ "
                + "duration `1.5s` }}|{{ duration `-2s` }}",
            "5400|0.25|60|1.5|-2"),
        of(
            "047",
            "{{ bytes `2KB` }}|{{ bytes `3MB` }}|{{ bytes `1KiB` }}|{{ bytes `512` }}|{{ "
                + "bytes `1.5 GB` }}|{{ bytes `1,024` }}",
            "2000|3e+06|1024|512|1.5e+09|1024"),
        of("049", "{{ bytes `1.5KB` }}|{{ bytes `10mb` }}", "1500|1e+07"),
        of(
            "050",
            "{{ unixEpoch (unixToTime `1793491200`) }}|{{ unixEpochMillis (unixToTime "
                + "`1793491200123`) }}|{{ unixEpochNanos (unixToTime `1793491200123456789`) }}",
            "1793491200|1793491200123|1793491200123456789"),
        of("051", "{{ unixToTime `20758` }}", "2026-11-01 00:00:00 +0000 UTC"),
        of("053", "{{ unixToTime `1793491200123` }}", "2026-11-01 00:00:00.123 +0000 UTC"),
        of("054", "{{ unixToTime `1793491200123456` }}", "2026-11-01 00:00:00.123456 +0000 UTC"),
        of(
            "055",
            "{{ unixToTime `1793491200123456789` }}",
            "2026-11-01 00:00:00.123456789 +0000 UTC"),
        of("060", "{{ date `02/01/06` 1793491200 }}", "01/11/26"),
        of(
            "062",
            "{{ date `15h04 .999 ,000 002 __2 Z0700` (unixToTime `1793491200120`) }}",
            "00h00 .12 ,120 305 305 Z"),
        of(
            "063",
            "{{ toDate `2006-01-02` `2026-11-01` }}|{{ toDate `2006-01-02 15:04` "
                + "`2026-11-01 08:30` | unixEpoch }}|{{ toDate `2006-01-02` `bad` | unixEpoch }}",
            "2026-11-01 00:00:00 +0000 UTC|1793521800|-62135596800"),
        of(
            "064",
            "{{ toDateInZone `2006-01-02 15:04` `Europe/Stockholm` `2026-07-01 08:30` "
                + "}}|{{ toDateInZone `2006-01-02 15:04` `Europe/Stockholm` `2026-07-01 08:30` | "
                + "unixEpoch }}",
            "2026-07-01 08:30:00 +0200 CEST|1782887400"),
        of(
            "065",
            "{{ toDateInZone `2006-01-02 15:04` `No/Zone` `2026-07-01 08:30` }}",
            "2026-07-01 08:30:00 +0000 UTC"),
        of("067", "{{ __timestamp__ }}", "2026-11-01 00:05:00 +0000 UTC"),
        of(
            "068",
            "{{ __timestamp__ | date `2006-01-02T15:04:05.000000000Z07:00` }}",
            "2026-11-01T00:05:00.000000000Z"),
        of(
            "069",
            "{{ __timestamp__ | unixEpoch }}|{{ __timestamp__ | unixEpochMillis }}|{{ "
                + "__timestamp__ | unixEpochNanos }}",
            "1793491500|1793491500000|1793491500000000000"),
        of("071", "{{ sub (__timestamp__ | unixEpoch) 1793491200 }}", "300"),
        of("072", "{{ __timestamp__.Year }}-{{ __timestamp__.Month }}", "2026-November"),
        of("073", "{{ (__timestamp__.UTC).Format `15:04` }}", "00:05"),
        of("075", "{{ __line__ | trunc 10 | upper | printf `%q` }}", "\"{\\\"LEVEL\\\":\\\"\""),
        of("076", "{{ __line__ | regexReplaceAll `[0-9]+` `` }}", ""),
        of("077", "{{ .msg | upper | trunc 3 | repeat 2 }}", "PLAPLA"),
        of("081", "{{ round (.f | float64) 1 }}", "1.5"),
        of("083", "{{ printf `%v %T` .n .n }}", "1 string"),
        of("084", "{{ printf `%.2f` (.f | float64) }}", "1.50"),
        of("086", "{{ printf `%s` 5 }}", "%!s(int=5)"),
        of(
            "087",
            "{{ printf `%05d|%+d|%x|%X|%o|%b|%c|%U` 42 42 255 255 8 5 65 8364 }}",
            "00042|+42|ff|FF|10|101|A|U+20AC"),
        of("089", "{{ printf `%t|%%|%5t|%v` true false true }}", "true|%|false|true"),
        of("091", "{{ printf `%d %d` 1 }}", "1 %!d(MISSING)"),
        of(
            "093",
            "{{ 1000000.0 }}|{{ 100000.0 }}|{{ 0.0001 }}|{{ 0.00001 }}|{{ 1e21 }}|{{ "
                + "123456789.123 }}|{{ 5.0 }}|{{ 1e6 }}",
            "1e+06|100000|0.0001|1e-05|1e+21|1.23456789123e+08|5|1e+06"),
        of(
            "094",
            "{{ 1000000 }}|{{ -5 }}|{{ 0x1F }}|{{ 0b11 }}|{{ 1_000 }}|{{ 'a' }}|{{ true "
                + "}}|{{ \"s\" }}",
            "1000000|-5|31|3|1000|97|true|s"),
        of("097", "{{ index `abc` 1 }}", "98"),
        of("098", "{{ slice `abcdef` 2 }}|{{ slice `abcdef` 1 2 }}", "cdef|b"),
        of(
            "107",
            "{{ range $k, $v := . }}{{ $k }}={{ $v }};{{ end }}",
            "app=json-odd;detected_level=info;env=test;f=1.50;level=info;msg=plain;n=1;no=f"
                + "alse;ok=true;service_name=json-odd;"),
        of("109", "{{ html `<>&\"'` }}", "&lt;&gt;&amp;&#34;&#39;"),
        of("111", "{{ printf `%s` .msg | len }}", "5"),
        of("113", "{{ $a := 1 }}{{ if true }}{{ $a = 2 }}{{ end }}{{ $a }}", "2"),
        of("114", "{{ range $i := (fromJson `[3,4]`) }}{{ $i }},{{ end }}", "3,4,"),
        of("116", "{{ if hasPrefix `pl` .msg }}pre{{ end }}", "pre"),
        of("117", "{{ if contains `lai` .msg }}in{{ end }}", "in"),
        of("118", "{{ .msg | contains `x` | not }}", "true"),
        of("120", "{{ (.n | int) }}", "1"),
        of("122", "{{ trimPrefix `pl` .msg | title }}", "Ain"),
        of("124", "{{ .msg | default `x` | indent 1 }}", " plain"),
        of(
            "125",
            "{{ `2026-11-01T10:20:30Z` | toDate `2006-01-02T15:04:05Z07:00` | date `15:04` " + "}}",
            "10:20"),
        of("126", "{{ `10` | int | add 5 }}|{{ add `10` `5` }}|{{ add `1.5` `1` }}", "15|15|2"),
        of("127", "{{ `abc` | b64enc | b64dec }}", "abc"),
        of("128", "{{ `a,b,c` | regexReplaceAllLiteral `,` `;` }}", ";"),
        of("134", "{{ add `abc` 1 }}", "1"));
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void prints(Case c) {
    assertEquals(c.expected(), ROW.print(c.template()));
  }
}
