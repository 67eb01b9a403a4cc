package dev.skald.protocol.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.protocol.push.PushRequest.Shape;
import dev.skald.protocol.wire.BodyLimits;
import dev.skald.protocol.wire.BufferPool;
import dev.skald.protocol.wire.WireWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random requests; a failure names the seed of its round. */
class PushDecoderPropertyTest {
  private static final int ROUNDS = 500;
  private static final Set<ErrorKind> CLIENT_ERRORS =
      Set.of(ErrorKind.BAD_REQUEST, ErrorKind.TOO_LARGE);

  record Sent(String labels, List<SentEntry> entries) {}

  record SentEntry(long time, String line, Map<String, String> metadata) {}

  private final PushDecoder decoder =
      new PushDecoder(new BodyLimits(1 << 20, 4 << 20), new BufferPool(1, 64 << 20));

  @Test
  void jsonAndProtobufSayTheSame() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      List<Sent> sent = randomRequest(new Random(seed));
      RecordingSink fromJson = decode("application/json", json(sent), Shape.V1);
      RecordingSink fromProtobuf = decode("application/x-protobuf", protobuf(sent), Shape.V1);
      assertEquals(fromProtobuf.streams, fromJson.streams, "seed " + seed);
      assertEquals(fromProtobuf.entries, fromJson.entries, "seed " + seed);
    }
  }

  @Test
  void brokenBodiesAreClientErrorsOrValues() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      List<Sent> sent = randomRequest(random);
      byte[] plain = unsnapped(sent);
      tryDecode(seed, "application/json", "", broken(random, json(sent)), Shape.V1);
      tryDecode(seed, "application/json", "", broken(random, json(sent)), Shape.LEGACY);
      tryDecode(seed, "x/y", "", WireWriter.snappy(broken(random, plain)), Shape.V1);
      tryDecode(seed, "x/y", "", broken(random, WireWriter.snappy(plain)), Shape.V1);
      byte[] gzip = PushDecoderTest.gzip(json(sent));
      tryDecode(seed, "application/json", "gzip", broken(random, gzip), Shape.V1);
      byte[] zstd = com.github.luben.zstd.Zstd.compress(json(sent));
      tryDecode(seed, "application/json", "zstd", broken(random, zstd), Shape.V1);
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      for (String coding : List.of("", "gzip", "deflate", "zstd")) {
        tryDecode(seed, "x/y", coding, noise, Shape.V1);
        tryDecode(seed, "application/json", coding, noise, Shape.V1);
      }
    }
  }

  private void tryDecode(int seed, String type, String coding, byte[] body, Shape shape) {
    try {
      decoder.decode(PushRequest.of(type, coding, body, shape), new RecordingSink());
    } catch (SkaldException e) {
      if (!CLIENT_ERRORS.contains(e.kind())) {
        fail("seed " + seed + " type " + type + " coding " + coding, e);
      }
    } catch (IllegalArgumentException e) {
      if (!String.valueOf(e.getMessage()).startsWith("labels not strictly sorted")) {
        fail("seed " + seed + " type " + type, e); // else the recording sink met a label twice
      }
    } catch (RuntimeException e) {
      fail("seed " + seed + " type " + type + " coding " + coding, e);
    }
  }

  private RecordingSink decode(String type, byte[] body, Shape shape) {
    RecordingSink sink = new RecordingSink();
    decoder.decode(PushRequest.of(type, "", body, shape), sink);
    return sink;
  }

  private static byte[] broken(Random random, byte[] whole) {
    byte[] broken =
        random.nextInt(3) == 0
            ? Arrays.copyOf(whole, random.nextInt(whole.length + 1))
            : whole.clone();
    for (int i = random.nextInt(4); i > 0 && broken.length > 0; i--) {
      broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
    }
    return broken;
  }

  private static List<Sent> randomRequest(Random random) {
    List<Sent> sent = new ArrayList<>();
    for (int s = random.nextInt(4); s > 0; s--) {
      List<SentEntry> entries = new ArrayList<>();
      for (int e = random.nextInt(5); e > 0; e--) {
        Map<String, String> metadata = new LinkedHashMap<>();
        for (int m = random.nextInt(8) - 4; m > 0; m--) {
          metadata.put(randomText(random, 6), randomText(random, 12));
        }
        entries.add(
            new SentEntry(random.nextLong(), randomText(random, random.nextInt(9000)), metadata));
      }
      sent.add(new Sent("s" + random.nextInt(3), entries));
    }
    return sent;
  }

  private static String randomText(Random random, int lengthMax) {
    StringBuilder text = new StringBuilder();
    int kind = random.nextInt(3);
    for (int i = random.nextInt(lengthMax + 1); i > 0; i--) {
      int point =
          switch (kind) {
            case 0 -> ' ' + random.nextInt(95);
            case 1 -> random.nextInt(0x300);
            default -> random.nextInt(0x11000);
          };
      text.appendCodePoint(Character.isSurrogate((char) point) && point < 0x10000 ? '?' : point);
    }
    return text.toString();
  }

  private static byte[] protobuf(List<Sent> sent) {
    return WireWriter.snappy(unsnapped(sent));
  }

  private static byte[] unsnapped(List<Sent> sent) {
    WireWriter request = new WireWriter();
    for (Sent stream : sent) {
      WireWriter message = new WireWriter().text(1, "{app=\"" + stream.labels() + "\"}");
      for (SentEntry entry : stream.entries()) {
        message.message(
            2, WireWriter.entry(entry.time(), entry.line().getBytes(UTF_8), entry.metadata()));
      }
      request.message(1, message);
    }
    return request.bytes();
  }

  private static byte[] json(List<Sent> sent) {
    StringBuilder out = new StringBuilder("{\"streams\":[");
    String betweenStreams = "";
    for (Sent stream : sent) {
      out.append(betweenStreams).append("{\"stream\":{\"app\":\"").append(stream.labels());
      out.append("\"},\"values\":[");
      String between = "";
      for (SentEntry entry : stream.entries()) {
        out.append(between).append("[\"").append(entry.time()).append("\",");
        quote(out, entry.line());
        out.append(",{");
        String betweenPairs = "";
        for (var pair : entry.metadata().entrySet()) {
          out.append(betweenPairs);
          quote(out, pair.getKey());
          out.append(':');
          quote(out, pair.getValue());
          betweenPairs = ",";
        }
        out.append("}]");
        between = ",";
      }
      out.append("]}");
      betweenStreams = ",";
    }
    return out.append("]}").toString().getBytes(UTF_8);
  }

  private static void quote(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' '
          || c == '"'
          || c == '\\'
          || c == 0x7f
          || (c > 0x7f && c % 3 == 0)
          || Character.isSurrogate(c)) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
