package dev.skald.protocol.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.Labels;
import dev.skald.protocol.push.PushRequest.Shape;
import dev.skald.protocol.push.RecordingSink.Recorded;
import dev.skald.protocol.wire.BodyLimits;
import dev.skald.protocol.wire.BufferPool;
import dev.skald.protocol.wire.WireWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PushDecoderTest {
  private static final String JSON = "application/json";
  private static final String PROTOBUF = "application/x-protobuf";
  private static final Labels WEB = Labels.of("app", "web");

  private final BufferPool pool = new BufferPool(2, 256 << 20);
  private final PushDecoder decoder = new PushDecoder(BodyLimits.DEFAULTS, pool);

  private RecordingSink decode(String type, String encoding, byte[] body, Shape shape) {
    RecordingSink sink = new RecordingSink();
    decoder.decode(PushRequest.of(type, encoding, body, shape), sink);
    return sink;
  }

  private RecordingSink json(String body) {
    return decode(JSON, "", body.getBytes(UTF_8), Shape.V1);
  }

  private RecordingSink protobuf(byte[] message) {
    return decode(PROTOBUF, "", WireWriter.snappy(message), Shape.V1);
  }

  record JsonCase(String body, List<Recorded> want) {}

  private static JsonCase reads(String body, Recorded... want) {
    return new JsonCase(body, List.of(want));
  }

  private static Recorded entry(long time, String line, String... metadata) {
    return new Recorded(
        WEB, time, line, metadata.length == 0 ? Map.of() : Map.of(metadata[0], metadata[1]));
  }

  private static String web(String values) {
    return "{\"streams\":[{\"stream\":{\"app\":\"web\"},\"values\":" + values + "}]}";
  }

  static Stream<JsonCase> jsonAccepted() {
    return Stream.of(
        reads("null"),
        reads("{}"),
        reads("{\"streams\":null}"),
        reads("{\"streams\":[]} trailing"),
        reads(web("null")),
        reads(web("[]")),
        reads(web("[null,[\"1\",\"a\"],null]"), entry(1, "a")),
        reads(web("[[\"-1\",\"a\"],[\"2\"]]"), entry(-1, "a"), entry(2, "")),
        reads(web("[[\"3\",\"a\",{\"k\":\"v\"},5,[{}]]]"), entry(3, "a", "k", "v")),
        reads(web("[[\"3\",\"a\",{\"k\":\"v\",\"k\":\"w\"}]]"), entry(3, "a", "k", "w")),
        reads(web("[[\"9223372036854775807\",\"\"]]"), entry(Long.MAX_VALUE, "")),
        reads(web("[[\"-9223372036854775808\",\"\"]]"), entry(Long.MIN_VALUE, "")),
        reads(
            web("[[\"1\",\"\\u0000\\n\\\"\\/é日\\ud83d\\ude00😀\"]]"),
            entry(1, "\u0000\n\"/é日\ud83d\ude00\ud83d\ude00")),
        reads(
            "{\"x\":{\"y\":[1]},\"Streams\":[{\"values\":[[\"1\",\"a\"]],\"z\":0,"
                + "\"stream\":{\"app\":\"old\",\"app\":\"web\"}}]}",
            entry(1, "a")));
  }

  @ParameterizedTest
  @MethodSource("jsonAccepted")
  void readsJson(JsonCase c) {
    assertEquals(c.want(), json(c.body()).entries, c.body());
  }

  @Test
  void labelValuesThatAreNoStringsAreTheirText() {
    RecordingSink sink =
        json(
            "{\"streams\":[{\"stream\":{\"a\":5,\"b\":1.50,\"c\":null,\"d\":true,"
                + "\"e\":{\"x\": [1]},\"f\":[ \"y\" ]}}]}");
    assertEquals(
        List.of(
            Labels.of(
                "a",
                "5",
                "b",
                "1.50",
                "c",
                "null",
                "d",
                "true",
                "e",
                "{\"x\": [1]}",
                "f",
                "[ \"y\" ]")),
        sink.streams);
  }

  static Stream<String> jsonRefused() {
    return Stream.of(
        "",
        "  ",
        "5",
        "\"\"",
        "[]",
        "{",
        "\ufeff{\"streams\":[]}",
        "{\"streams\":{}}",
        "{\"streams\":5}",
        "{\"streams\":[null]}",
        "{\"streams\":[5]}",
        "{\"streams\":[{\"stream\":null}]}",
        "{\"streams\":[{\"stream\":\"{}\"}]}",
        "{\"streams\":[{\"stream\":[]}]}",
        "{\"streams\":[{\"stream\":{\"a\":\"\\ud800\"}}]}",
        web("5"),
        web("{}"),
        web("[5]"),
        web("[\"x\"]"),
        web("[{\"ts\":\"1\"}]"),
        web("[[]]"),
        web("[[5,\"a\"]]"),
        web("[[null,\"a\"]]"),
        web("[[\"\",\"a\"]]"),
        web("[[\"-\",\"a\"]]"),
        web("[[\" 1\",\"a\"]]"),
        web("[[\"+1\",\"a\"]]"),
        web("[[\"1.5\",\"a\"]]"),
        web("[[\"1e3\",\"a\"]]"),
        web("[[\"9223372036854775808\",\"a\"]]"),
        web("[[\"-9223372036854775809\",\"a\"]]"),
        web("[[\"99999999999999999999\",\"a\"]]"),
        web("[[\"1\",5]]"),
        web("[[\"1\",null]]"),
        web("[[\"1\",[]]]"),
        web("[[\"1\",\"a\",\"b\"]]"),
        web("[[\"1\",\"a\",null]]"),
        web("[[\"1\",\"a\",[]]]"),
        web("[[\"1\",\"a\",{\"k\":5}]]"),
        web("[[\"1\",\"a\",{\"k\":null}]]"),
        web("[[\"1\",\"\\ud800x\"]]"),
        web("[[\"1\",\"\\udc00\"]]"),
        web("[[\"1\",\"x\\ud800\"]]"),
        web("[[\"1\",\"\\q\"]]"),
        web("[[\"1\",\"a\tb\"]]"),
        web("[[\"1\",\"a\"]").substring(0, 50),
        "{\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}");
  }

  @ParameterizedTest
  @MethodSource("jsonRefused")
  void refusesJson(String body) {
    assertKind(ErrorKind.BAD_REQUEST, () -> json(body));
  }

  @Test
  void readsTheLegacyShape() {
    String body =
        "{\"streams\":[{\"entries\":[null,{\"structuredMetadata\":{\"k\":\"v\"},\"line\":\"a\","
            + "\"x\":[],\"ts\":\"1970-01-01T01:00:00.000000006+01:00\"}],"
            + "\"labels\":\"{app=\\\"web\\\"}\"},{\"labels\":\"{app='web'}\"}]}";
    RecordingSink sink = decode(JSON, "", body.getBytes(UTF_8), Shape.LEGACY);
    assertEquals(List.of(entry(6, "a", "k", "v")), sink.entries);
    assertEquals(List.of(WEB, WEB), sink.streams);
  }

  @Test
  void readsProtobufWithFieldsInAnyOrder() {
    WireWriter entry =
        new WireWriter()
            .number(99, 1)
            .message(4, new WireWriter().text(1, "ignored"))
            .message(3, new WireWriter().text(2, "v").text(1, "k"))
            .raw(0x7b, 0x08, 0x01, 0x7c) // field 15: a group that holds field 1
            .text(2, "a")
            .message(1, new WireWriter().number(2, 5).number(1, 1));
    WireWriter stream = new WireWriter().message(2, entry).number(3, 7).text(1, "{app=\"web\"}");
    RecordingSink sink = protobuf(new WireWriter().text(2, "x").message(1, stream).bytes());
    assertEquals(List.of(entry(1_000_000_005L, "a", "k", "v")), sink.entries);
  }

  @Test
  void linesOfProtobufAreBytes() {
    byte[] line = {'a', (byte) 0xff, 0, (byte) 0xfe};
    WireWriter stream =
        new WireWriter().text(1, "{}").message(2, WireWriter.entry(-5, line, Map.of()));
    RecordingSink sink = protobuf(new WireWriter().message(1, stream).bytes());
    assertArrayEquals(line, sink.lines.getFirst());
    assertEquals(-5, sink.entries.getFirst().timestampEpochNanos());
  }

  static Stream<WireWriter> protobufRefused() {
    WireWriter noTime = new WireWriter().text(2, "a");
    WireWriter manyNanos =
        new WireWriter().message(1, new WireWriter().number(1, 1).number(2, 1_000_000_000));
    WireWriter late = new WireWriter().message(1, new WireWriter().number(1, 1L << 40));
    return Stream.of(
        new WireWriter().raw(0xff, 0xff, 0xff, 0xff),
        new WireWriter().raw(0x0a, 0x05, 0x00),
        new WireWriter().raw(0x0a),
        new WireWriter().raw(0x00),
        new WireWriter().raw(0x0b),
        new WireWriter().raw(0x0c),
        new WireWriter().raw(0x0e),
        new WireWriter().number(1, 5),
        new WireWriter().message(1, new WireWriter().number(1, 5)),
        new WireWriter().message(1, new WireWriter().bytes(1, new byte[] {'{', (byte) 0xff})),
        new WireWriter().message(1, new WireWriter().message(2, noTime)),
        new WireWriter().message(1, new WireWriter().message(2, manyNanos)),
        new WireWriter().message(1, new WireWriter().message(2, late)));
  }

  @ParameterizedTest
  @MethodSource("protobufRefused")
  void refusesProtobuf(WireWriter message) {
    assertKind(ErrorKind.BAD_REQUEST, () -> protobuf(message.bytes()));
  }

  @Test
  void undoesContentCodings() {
    byte[] body = web("[[\"1\",\"a\"]]").getBytes(UTF_8);
    byte[] twoMembers =
        concat(gzip(Arrays.copyOf(body, 10)), gzip(Arrays.copyOfRange(body, 10, body.length)));
    for (var coded :
        Map.of(
                "",
                body,
                "snappy",
                body,
                "gzip",
                gzip(body),
                "GZIP",
                twoMembers,
                "deflate",
                deflate(body),
                "zstd",
                Zstd.compress(body))
            .entrySet()) {
      assertEquals(
          List.of(entry(1, "a")),
          decode(JSON, coded.getKey(), coded.getValue(), Shape.V1).entries,
          coded.getKey());
    }
    WireWriter stream =
        new WireWriter()
            .text(1, "{app='web'}")
            .message(2, WireWriter.entry(1, "a".getBytes(UTF_8), Map.of()));
    byte[] block = WireWriter.snappy(new WireWriter().message(1, stream).bytes());
    assertEquals(List.of(entry(1, "a")), decode(PROTOBUF, "gzip", gzip(block), Shape.V1).entries);
  }

  @Test
  void refusesWhatIsNotCodedAsItSays() {
    byte[] body = web("[[\"1\",\"a\"]]").getBytes(UTF_8);
    for (String encoding : List.of("gzip", "deflate", "br", "zstd", "identity")) {
      SkaldException e =
          assertKind(ErrorKind.BAD_REQUEST, () -> decode(JSON, encoding, body, Shape.V1));
      if (!encoding.equals("gzip") && !encoding.equals("deflate")) {
        assertEquals("Content-Encoding \"" + encoding + "\" not supported", e.getMessage());
      }
    }
    byte[] broken = gzip(body);
    broken[broken.length - 5] ^= 1; // the checksum
    assertKind(ErrorKind.BAD_REQUEST, () -> decode(JSON, "gzip", broken, Shape.V1));
    assertKind(ErrorKind.BAD_REQUEST, () -> decode(PROTOBUF, "", new byte[0], Shape.V1));
    assertKind(ErrorKind.BAD_REQUEST, () -> decode("", "", body, Shape.V1));
  }

  @Test
  void sizesAreCountedOnTheWireAndInflated() {
    PushDecoder small = new PushDecoder(new BodyLimits(1000, 5000), pool);
    RecordingSink sink = new RecordingSink();
    byte[] wide = new byte[1001];
    assertMessage(
        "request body too large: message size too large than max (1001 vs 1000)",
        () -> small.decode(PushRequest.of(JSON, "", wide, Shape.V1), sink));
    PushRequest undeclared =
        new PushRequest(JSON, "", -1, new java.io.ByteArrayInputStream(wide), Shape.V1);
    assertKind(ErrorKind.TOO_LARGE, () -> small.decode(undeclared, sink));
    byte[] zeros = new byte[5001];
    for (var coded :
        Map.of("gzip", gzip(zeros), "deflate", deflate(zeros), "zstd", Zstd.compress(zeros))
            .entrySet()) {
      SkaldException e =
          assertKind(
              ErrorKind.TOO_LARGE,
              () -> {
                PushRequest request =
                    PushRequest.of(JSON, coded.getKey(), coded.getValue(), Shape.V1);
                small.decode(request, sink);
              });
      assertTrue(
          e.getMessage().startsWith("request body too large: decompressed message size"),
          e.getMessage());
    }
    assertMessage(
        "request body too large: decompressed message size too large than max (5001 vs 5000)",
        () -> {
          byte[] block = WireWriter.snappy(zeros);
          small.decode(PushRequest.of(PROTOBUF, "", block, Shape.V1), sink);
        });
  }

  @Test
  void aDeclaredSizeCostsNothing() {
    long before = pool.bytes();
    byte[] lies = new WireWriter().varint(60 << 20).raw(0, 0).bytes();
    assertKind(ErrorKind.BAD_REQUEST, () -> decode(PROTOBUF, "", lies, Shape.V1));
    assertTrue(pool.bytes() - before < 100_000, "bytes held: " + pool.bytes());
  }

  @Test
  void tooMuchInFlightIsUnavailable() {
    PushDecoder tight = new PushDecoder(BodyLimits.DEFAULTS, new BufferPool(1, 64 << 10));
    byte[] body = new byte[200 << 10];
    assertKind(
        ErrorKind.UNAVAILABLE,
        () -> tight.decode(PushRequest.of(JSON, "", body, Shape.V1), new RecordingSink()));
    RecordingSink sink = new RecordingSink();
    byte[] fits = web("[[\"1\",\"a\"]]").getBytes(UTF_8);
    tight.decode(PushRequest.of(JSON, "", fits, Shape.V1), sink);
    assertEquals(1, sink.entries.size());
  }

  static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] deflate(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream raw =
        new DeflaterOutputStream(out, new Deflater(Deflater.DEFAULT_COMPRESSION, true))) {
      raw.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static SkaldException assertKind(
      ErrorKind want, org.junit.jupiter.api.function.Executable call) {
    SkaldException e = assertThrows(SkaldException.class, call);
    assertEquals(want, e.kind(), e.getMessage());
    return e;
  }

  private static void assertMessage(String want, org.junit.jupiter.api.function.Executable call) {
    assertEquals(want, assertKind(ErrorKind.TOO_LARGE, call).getMessage());
  }
}
