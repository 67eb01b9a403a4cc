package dev.skald.storage.column;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.BiFunction;

/** Columns as logs have them, and some as nobody should. */
enum Columns {
  CONSTANT((random, i) -> "GET"),
  EMPTY((random, i) -> ""),
  LEVEL(
      (random, i) -> random.nextInt(10) == 0 ? "ERROR" : random.nextInt(4) == 0 ? "WARN" : "INFO"),
  EIGHT((random, i) -> "/path/" + "abcdefgh".charAt(random.nextInt(8))),
  STATUS((random, i) -> new String[] {"200", "404", "500"}[random.nextInt(30) / 14]),
  RUNS((random, i) -> "node-" + i / 100),
  COUNTER((random, i) -> Integer.toString(1000 + i)),
  COUNTER_WITH_GAPS((random, i) -> Integer.toString(1000 + 20 * i + random.nextInt(20))),
  PORT((random, i) -> Integer.toString(1024 + random.nextInt(60_000))),
  LOG_UNIFORM((random, i) -> Long.toString((long) Math.exp(random.nextDouble() * 11.5))),
  LONGS((random, i) -> Long.toString(random.nextLong())),
  LONG_LIMITS(
      (random, i) ->
          new String[] {"9223372036854775807", "-9223372036854775808", "0", "-1"}
              [random.nextInt(4)]),
  BEYOND_LONG((random, i) -> "922337203685477580" + random.nextInt(10)),
  MINUS_ZERO((random, i) -> i == 400 ? "-0" : Integer.toString(random.nextInt(100) - 50)),
  LEADING_ZERO((random, i) -> i == 400 ? "012" : Integer.toString(random.nextInt(100))),
  LATENCY((random, i) -> format("%.2f", Math.exp(random.nextGaussian() * 1.2 + 3))),
  CONFIDENCE((random, i) -> format("%.3f", random.nextDouble())),
  SIGNED_DECIMAL((random, i) -> format("%.1f", random.nextGaussian() * 20)),
  MIXED_DECIMALS(
      (random, i) -> format(random.nextBoolean() ? "%.1f" : "%.2f", random.nextDouble())),
  DECIMAL_LIMITS((random, i) -> format("%d.%02d", random.nextLong() >>> 8, random.nextInt(100))),
  ISO((random, i) -> time("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", i * 37L)),
  COMMA_TIME((random, i) -> time("yyyy-MM-dd HH:mm:ss,SSS", i * 37L + random.nextInt(300))),
  SECONDS((random, i) -> time("yyyy/MM/dd HH:mm:ss", i * 200L)),
  COMMON_LOG((random, i) -> time("dd/MMM/yyyy:HH:mm:ss", i * 500L) + " +0000"),
  COMPACT((random, i) -> time("yyMMdd HHmmss", i * 400L)),
  DOTTED((random, i) -> time("yyyy-MM-dd-HH.mm.ss.SSS", i * 300L) + "042"),
  TIME_ONLY((random, i) -> time("HH:mm:ss.SSS", i * 41L)),
  ZONED((random, i) -> time("yyyy-MM-dd'T'HH:mm:ss", i * 999L) + "+02:00"),
  ZONES((random, i) -> time("yyyy-MM-dd'T'HH:mm:ss", i * 999L) + "+0" + i % 3 + ":00"),
  NO_DATE((random, i) -> format("2024-02-%02d 10:00:%02d", 1 + i % 31, i % 61)),
  YEARS((random, i) -> format("%04d-01-01 00:00:00.000000000", i * 7 % 10_000)),
  ZERO_PADDED((random, i) -> format("%06d", random.nextInt(1_000_000))),
  ADDRESS((random, i) -> "10.0." + random.nextInt(256) + "." + random.nextInt(256)),
  BLOCK((random, i) -> "blk_" + random.nextLong()),
  USER((random, i) -> "user-" + random.nextInt(90_000)),
  MILLISECONDS((random, i) -> random.nextInt(3000) + "ms"),
  QUOTED_DECIMAL((random, i) -> "<" + format("%.2f", random.nextDouble() * 9) + "MB>"),
  UUID(
      (random, i) ->
          format(
              "%08x-%04x-4%03x-%04x-%012x",
              random.nextInt(),
              random.nextInt(65_536),
              random.nextInt(4096),
              random.nextInt(65_536),
              random.nextLong() & 0xffff_ffff_ffffL)),
  TRACE((random, i) -> format("%016x%016x", random.nextLong(), random.nextLong())),
  UPPER_HEX((random, i) -> format("0x%07X", random.nextInt() >>> 4)),
  BOTH_CASES((random, i) -> format(random.nextBoolean() ? "%08X" : "%08x", random.nextInt())),
  NOT_QUITE_HEX((random, i) -> i == 500 ? "deadbeeg" : format("%08x", random.nextInt())),
  REPEATED_TRACE((random, i) -> format("%016x", new Random(i / 5).nextLong())),
  URLS((random, i) -> "/api/v1/items/" + new Random(random.nextInt(300)).nextInt(100_000) + "?a=b"),
  WORDS((random, i) -> word(random) + " " + word(random) + " " + word(random)),
  BYTES((random, i) -> bytes(random, random.nextInt(30))),
  INVALID_UTF8((random, i) -> "caf\u00e9 \u00ff" + (char) random.nextInt(256)),
  NULS((random, i) -> Character.toString(0).repeat(random.nextInt(4))),
  NULL_OR_NUMBER((random, i) -> random.nextInt(9) == 0 ? "null" : "" + random.nextInt(100_000)),
  DASH_OR_TRACE((random, i) -> random.nextInt(30) == 0 ? "-" : format("%016x", random.nextLong())),
  TIME_OR_WORDS(
      (random, i) -> random.nextInt(20) == 0 ? word(random) : time("HH:mm:ss.SSS", i * 41L)),
  HUGE((random, i) -> i % 64 == 7 ? "y".repeat(random.nextInt(70_000)) : "short");

  private static final String[] WORDS_OF_LOGS = {
    "connection", "Closed", "by", "peer", "TIMEOUT", "while", "reading", "from", "upstream", "x"
  };

  @SuppressWarnings("ImmutableEnumChecker") // functions without a state
  private final BiFunction<Random, Integer, String> value;

  Columns(BiFunction<Random, Integer, String> value) {
    this.value = value;
  }

  List<byte[]> make(Random random, int count) {
    List<byte[]> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(value.apply(random, i).getBytes(StandardCharsets.ISO_8859_1));
    }
    return values;
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }

  private static String time(String pattern, long afterMillis) {
    return LocalDateTime.of(2024, 2, 28, 23, 55, 1)
        .plusNanos(afterMillis * 1_000_000)
        .format(DateTimeFormatter.ofPattern(pattern, Locale.ROOT));
  }

  private static String word(Random random) {
    return WORDS_OF_LOGS[random.nextInt(WORDS_OF_LOGS.length)];
  }

  private static String bytes(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) random.nextInt(256));
    }
    return text.toString();
  }
}
