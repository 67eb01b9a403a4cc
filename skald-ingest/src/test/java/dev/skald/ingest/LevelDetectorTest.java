package dev.skald.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.skald.ingest.IngestLimits.Discovery;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LevelDetectorTest {
  private static final List<String> FIELDS = Discovery.DEFAULTS.levelFields();

  private final LevelDetector detector = new LevelDetector(FIELDS, 2);
  private final PlainLevelDetector plain = new PlainLevelDetector(FIELDS, 2);

  private Level detect(String line) {
    byte[] bytes = ("x=" + line + " error").getBytes(UTF_8); // what is beside the range is not seen
    return detector.detect(bytes, 2, bytes.length - " error".length());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "level=info plain                               # INFO",
        "level=INFO upper                               # INFO",
        "level=\"warn\" quoted                          # WARN",
        "lvl=dbg short                                  # DEBUG",
        "severity=Critical x                            # CRITICAL",
        "{\"level\":\"error\",\"msg\":\"json\"}         # ERROR",
        "{\"severity\":\"WARNING\"}                     # WARN",
        "{\"log\":{\"level\":\"warn\"}}                 # WARN",
        "{\"log\":{\"x\":[\"level\"],\"level\":\"trc\"}} # TRACE",
        "{\"a\":[{\"level\":\"error\"}],\"level\":\"dbg\"} # DEBUG",
        "{\"a\":{\"b\":{\"level\":\"dbg\"}}}            # UNKNOWN",
        "{\"a\":{\"b\":{\"level\":\"debug\"}}}          # DEBUG",
        "{\"level\":5}                                  # UNKNOWN",
        "{\"level\":\"unknownword\",\"msg\":\"error inside\"} # ERROR",
        "{\"msg\":\"a \\\"level\\\":\",\"lvl\":\"inf\"} # INFO",
        "[ERROR] bracket                                # ERROR",
        "ERROR: colon                                   # ERROR",
        "errors plural                                  # UNKNOWN",
        "terror word                                    # UNKNOWN",
        "errors and error                               # ERROR",
        "warning here                                   # WARN",
        "information desk                               # UNKNOWN",
        "panic now                                      # UNKNOWN",
        "err=nil                                        # ERROR",
        "info then error                                # INFO",
        "level=info error                               # INFO",
        "error then level=info                          # INFO",
        "msg=\"level=debug\" x=1                        # DEBUG",
        "lvl=info msg=\"x level=error\"                 # INFO",
        "INFO[0001] logrus                              # INFO",
        "level:error colon                              # UNKNOWN",
        "{\"broken\":\"error\"                          # ERROR",
        "level=notice                                   # UNKNOWN",
        "level= error                                   # ERROR",
        "log.level=warn a=b                             # WARN",
        "lvl=info level=error                           # ERROR",
        "level=error lvl=info                           # ERROR",
        "<error>                                        # UNKNOWN",
        "x|error|y                                      # ERROR",
        "'warn'                                         # WARN",
        "a=b                                            # UNKNOWN",
        "=                                              # UNKNOWN",
        "e                                              # UNKNOWN",
        "x err                                          # ERROR",
        "~~                                             # UNKNOWN",
      })
  void findsTheLevel(String line, Level want) {
    assertEquals(want, detect(line));
  }

  @Test
  void agreesWithThePlainTwin() {
    String[] words = {
      "error",
      "ERR",
      "warn",
      "Warning",
      "info",
      "Inform",
      "debug",
      "trace",
      "fatal",
      "critical",
      "level",
      "LVL",
      "log.level",
      "severity",
      "x",
      "é",
      "=",
      "=",
      " ",
      " ",
      " ",
      "[",
      "]",
      ":",
      "|",
      "'",
      "!",
      "\t",
      "e",
      "i",
      "wa",
      "(",
      ")",
      ",",
      "-"
    };
    for (int seed = 0; seed < 50_000; seed++) {
      Random random = new Random(seed);
      StringBuilder line = new StringBuilder();
      for (int i = random.nextInt(14); i > 0; i--) {
        line.append(words[random.nextInt(words.length)]);
      }
      check(seed, line.toString().replace("\t=", "="));
    }
  }

  @Test
  void agreesWithThePlainTwinOnJson() {
    for (int seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      StringBuilder line = new StringBuilder();
      object(random, line, 0);
      check(seed, random.nextBoolean() ? line.toString() : " " + line + "\n");
    }
  }

  private static void object(Random random, StringBuilder out, int depth) {
    String[] names = {"level", "lvl", "msg", "a\\\"b", "severity", "[x"};
    String[] texts = {"error", "INFO", "nothing", "a warn b", "x\\\\", "{\\\"level", "}]", ""};
    out.append('{');
    int members = random.nextInt(4);
    for (int i = 0; i < members; i++) {
      out.append(i == 0 ? "" : ", ").append('"').append(names[random.nextInt(names.length)]);
      out.append(random.nextBoolean() ? "\":" : "\" : ");
      switch (random.nextInt(depth > 3 ? 2 : 4)) {
        case 0 -> out.append('"').append(texts[random.nextInt(texts.length)]).append('"');
        case 1 -> out.append(random.nextBoolean() ? "5" : "null");
        case 2 -> object(random, out, depth + 1);
        default -> {
          out.append("[\"level\", ");
          object(random, out, depth + 1);
          out.append(",[\"]\"]]");
        }
      }
    }
    out.append('}');
  }

  private void check(int seed, String line) {
    byte[] bytes = line.getBytes(UTF_8);
    assertEquals(
        plain.detect(line), detector.detect(bytes, 0, bytes.length), "seed " + seed + ": " + line);
  }

  @Test
  void anyBytesHaveALevel() {
    byte[] signs = "{}[]\":=\\ levlvl\terrorERR,".getBytes(UTF_8);
    for (int seed = 0; seed < 50_000; seed++) {
      Random random = new Random(seed);
      byte[] line = new byte[random.nextInt(24)];
      for (int i = 0; i < line.length; i++) {
        line[i] =
            random.nextInt(10) == 0
                ? (byte) random.nextInt(256)
                : signs[random.nextInt(signs.length)];
      }
      if (line.length > 1 && seed % 2 == 0) {
        line[0] = '{';
        line[line.length - 1] = '}';
      }
      assertNotNull(detector.detect(line, 0, line.length), "seed " + seed);
    }
  }
}
