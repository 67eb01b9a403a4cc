package dev.skald.logql.pipeline;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Lines as logs have them, a few templates many times over, with values that are not as they should be. */
public final class NastyLines {
  private static final List<String> KEYS =
      List.of(
          "a",
          "b",
          "a_b",
          "a.b",
          "level",
          "ms",
          "1x",
          "app",
          "a_extracted",
          " ",
          "é",
          "k\\u0041",
          "_entry",
          "user");

  private static final List<String> STRINGS =
      List.of(
          "",
          "x",
          "info",
          "error",
          "ERROR: failed",
          "10",
          "0",
          "-3.5",
          "1e3",
          "1.2.3.4",
          "250ms",
          "3KB",
          "null",
          "true",
          "a b",
          "a=b",
          "é",
          "\uFFFD",
          "K",
          "ſtatus",
          "\\n",
          "\\\"q\\\"",
          "\\\\",
          "\\u00e9",
          "\\ud83d\\ude00",
          "\\ud800",
          "\\x",
          "{",
          "}",
          "[{]]",
          "[1 {2}]",
          "{\"a\" 1]",
          "[]",
          ",",
          "tab\\there",
          "\u0000",
          "/api/v1/users/17",
          "\"");

  private static final List<String> BARE =
      List.of(
          "0",
          "1",
          "10",
          "250",
          "-1",
          "-0",
          "3.25",
          "1e3",
          "1E-2",
          "9007199254740993",
          "123456789012345678901234567890",
          "null",
          "true",
          "false",
          "0.1",
          "51",
          "49.5");

  private static final List<String> NESTED =
      List.of(
          "[]",
          "[1,2]",
          "[\"a\",{\"b\":1}]",
          "{}",
          "{\"b\":\"x\"}",
          "{\"b\":{\"c\":1}}",
          "[\"]\"]",
          "[[1],[2]]",
          "{\"a\":\"}\"}",
          "[{\"a\":\"]\"}]");

  private static final List<String> WORDS =
      List.of(
          "GET",
          "status",
          "200",
          "503",
          "from",
          "10.0.0.7",
          "user-17",
          "failed",
          "Error",
          "after",
          "31",
          "ms",
          "took=5",
          "path=/a/b",
          "\"GET /x HTTP/1.1\"",
          "-",
          "[ok]",
          "é",
          "kelvin",
          "\u001b[31m",
          "a",
          "\t",
          "x=\"y z\"");

  private NastyLines() {}

  /** Lines of up to four templates, and some that fit none. */
  public static List<byte[]> random(Random random, int count) {
    List<List<String>> templates = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      templates.add(template(random));
    }
    boolean isTame = random.nextBoolean();
    List<byte[]> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] line = fill(templates.get(random.nextInt(templates.size())), random, isTame);
      lines.add(random.nextInt(isTame ? 200 : 20) == 0 ? broken(line, random) : line);
    }
    return lines;
  }

  /** Pieces of text; those that begin with a percent sign stand for values. */
  private static List<String> template(Random random) {
    List<String> pieces = new ArrayList<>();
    switch (random.nextInt(6)) {
      case 5 -> access(pieces);
      case 0, 1 -> json(random, pieces, 0);
      case 2 -> logfmt(random, pieces);
      case 3 -> words(random, pieces);
      default -> {
        pieces.add(pick(random, List.of("at=x ", "", "1.2.3.4 - - [%d] ", "[", "\"")));
        pieces.add("%w");
        json(random, pieces, 0);
      }
    }
    return pieces;
  }

  private static void json(Random random, List<String> pieces, int depth) {
    String blank = random.nextInt(4) == 0 ? " " : "";
    pieces.add("{" + blank);
    int members = random.nextInt(6);
    for (int i = 0; i < members; i++) {
      pieces.add((i == 0 ? "" : "," + blank) + "\"" + pick(random, KEYS) + "\":" + blank);
      switch (random.nextInt(depth < 3 ? 8 : 7)) {
        case 0, 1 -> {
          pieces.add("\"");
          pieces.add("%s");
          pieces.add("\"");
        }
        case 2, 3 -> pieces.add("%b");
        case 4 -> pieces.add("%n");
        case 5 -> pieces.add("\"" + pick(random, STRINGS).replace("\"", "'") + "\"");
        case 6 -> pieces.add(pick(random, BARE));
        default -> json(random, pieces, depth + 1);
      }
    }
    pieces.add("}");
  }

  private static void logfmt(Random random, List<String> pieces) {
    for (int i = 0; i < 1 + random.nextInt(5); i++) {
      pieces.add(i == 0 ? "" : pick(random, List.of(" ", "  ", "\t")));
      String key = pick(random, KEYS);
      switch (random.nextInt(7)) {
        case 0 -> pieces.add("%w");
        case 1 -> pieces.add(key);
        case 2 -> {
          pieces.add(key + "=\"");
          pieces.add("%s");
          pieces.add("\"");
        }
        case 3 -> pieces.add(key + "=" + pick(random, BARE));
        case 4 -> {
          pieces.add(key + "=");
          pieces.add("%b");
          pieces.add("-");
          pieces.add("%w");
        }
        default -> {
          pieces.add(key + "=");
          pieces.add(random.nextBoolean() ? "%b" : "%w");
        }
      }
    }
  }

  /** As web servers write. */
  private static void access(List<String> pieces) {
    pieces.addAll(
        List.of("%i", " - - [", "%t", "] \"", "%q", "\" ", "%b", " ", "%b", " \"", "%w", "\""));
  }

  private static void words(Random random, List<String> pieces) {
    for (int i = 0; i < 1 + random.nextInt(8); i++) {
      pieces.add(i == 0 ? "" : " ");
      pieces.add(random.nextBoolean() ? "%w" : pick(random, WORDS));
    }
  }

  private static byte[] fill(List<String> template, Random random, boolean isTame) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (String piece : template) {
      switch (piece) {
        case "%s" -> {
          String text = pick(random, isTame ? STRINGS.subList(1, 14) : STRINGS);
          line.writeBytes(text.getBytes(StandardCharsets.UTF_8));
          if (!isTame && random.nextInt(12) == 0) {
            line.write(random.nextInt(256) | 0x80);
          }
        }
        case "%b" -> write(line, pick(random, isTame ? BARE.subList(0, 8) : BARE));
        case "%n" -> write(line, pick(random, NESTED));
        case "%i" ->
            write(line, pick(random, List.of("10.0.0.7", "1.2.3.4", "a-b.example", "::1")));
        case "%t" ->
            write(
                line,
                "17/May/2015:10:05:0" + random.nextInt(10) + pick(random, List.of(" +0000", "")));
        case "%q" ->
            write(
                line,
                pick(
                        random,
                        List.of("GET /a HTTP/1.1", "GET /b?c=d HTTP/1.0", "POST /x/1 HTTP/1.1"))
                    + (isTame || random.nextInt(9) > 0
                        ? ""
                        : pick(random, List.of(" ", "-", "\" ", " x"))));
        case "%w" -> write(line, pick(random, isTame ? WORDS.subList(0, 12) : WORDS));
        default -> write(line, piece.replace("%d", "d"));
      }
    }
    return line.toByteArray();
  }

  private static void write(ByteArrayOutputStream line, String text) {
    line.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] broken(byte[] line, Random random) {
    if (line.length == 0 || random.nextInt(4) == 0) {
      return new byte[0];
    }
    byte[] broken = line.clone();
    broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
    return random.nextBoolean()
        ? broken
        : java.util.Arrays.copyOf(broken, random.nextInt(broken.length));
  }

  private static String pick(Random random, List<String> list) {
    return list.get(random.nextInt(list.size()));
  }
}
