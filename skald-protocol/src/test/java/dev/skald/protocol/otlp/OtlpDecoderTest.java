package dev.skald.protocol.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.luben.zstd.Zstd;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.Labels;
import dev.skald.protocol.otlp.OtlpRules.Action;
import dev.skald.protocol.otlp.OtlpRules.Rule;
import dev.skald.protocol.otlp.OtlpRules.SeverityText;
import dev.skald.protocol.push.RecordingSink;
import dev.skald.protocol.push.RecordingSink.Recorded;
import dev.skald.protocol.wire.BodyLimits;
import dev.skald.protocol.wire.BufferPool;
import dev.skald.protocol.wire.WireWriter;
import io.airlift.compress.v3.lz4.Lz4JavaCompressor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OtlpDecoderTest {
  private static final long NOW = 1_800_000_000_000_000_000L;
  private static final String TIME = "1793491800000000000";

  private final OtlpDecoder decoder =
      new OtlpDecoder(new BodyLimits(1 << 20, 4 << 20), new BufferPool(1, 64 << 20));

  private RecordingSink decode(String type, String encoding, byte[] body, OtlpRules rules) {
    RecordingSink sink = new RecordingSink();
    decoder.decode(
        new OtlpRequest(type, encoding, body.length, new ByteArrayInputStream(body)),
        rules,
        NOW,
        sink);
    return sink;
  }

  private RecordingSink json(String body) {
    return decode("application/json", "", body.getBytes(UTF_8), OtlpRules.DEFAULTS);
  }

  private static String logs(String resource, String scope, String record) {
    return """
        {"resourceLogs":[{"scopeLogs":[{"logRecords":[%s],"scope":%s}],"resource":%s}]}"""
        .formatted(record, scope, resource);
  }

  private static String record(String body) {
    return "{\"timeUnixNano\":\"" + TIME + "\",\"body\":" + body + "}";
  }

  /** A value, and the line it makes as a body. */
  private record Body(String value, String line) {}

  static Stream<Body> bodies() {
    return Stream.of(
        new Body("{\"stringValue\":\"hé\\n\\ud83d\\ude00\"}", "hé\n😀"),
        new Body("{\"intValue\":\"-9223372036854775808\"}", "-9223372036854775808"),
        new Body("{\"doubleValue\":0.000001}", "0.000001"),
        new Body("{\"doubleValue\":-1.25e-7}", "-1.25e-7"),
        new Body("{\"doubleValue\":100}", "100"),
        new Body("{\"doubleValue\":\"NaN\"}", "NaN"),
        new Body("{\"boolValue\":false}", "false"),
        new Body("{\"arrayValue\":{}}", "[]"),
        new Body(
            "{\"arrayValue\":{\"values\":[{\"stringValue\":\"<\\u2028\\\"\\t\\u0001\"},{},"
                + "{\"bytesValue\":\"AAE=\"},{\"doubleValue\":\"-Infinity\"}]}}",
            "[\"\\u003c\\u2028\\\"\\t\\u0001\",null,\"AAE=\",\"-Inf\"]"),
        new Body(
            "{\"kvlistValue\":{\"values\":[{\"key\":\"b\",\"value\":{\"intValue\":1}},"
                + "{\"key\":\"a\"},{\"key\":\"b\",\"value\":{\"intValue\":2}}]}}",
            "{\"a\":null,\"b\":2}"),
        new Body("null", ""));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void bodiesBecomeLines(Body body) {
    RecordingSink sink = json(logs("{}", "{}", record(body.value())));
    assertEquals(List.of(body.line()), sink.entries.stream().map(Recorded::line).toList());
  }

  /** All fields of a record, in both encodings. */
  @Test
  void protobufAndJsonSayTheSame() {
    WireWriter nested = new WireWriter().message(1, keyValue("c", new WireWriter().text(1, "d")));
    WireWriter record =
        new WireWriter()
            .fixed64(1, Long.parseLong(TIME))
            .fixed64(11, 5)
            .number(2, 17)
            .text(3, "Error")
            .message(5, new WireWriter().text(1, "line"))
            .message(6, keyValue("a.b", new WireWriter().message(6, nested)))
            .number(7, 2)
            .fixed32(8, -1)
            .bytes(9, new byte[16])
            .bytes(10, new byte[] {0, 0, 0, 0, 0, 0, 0, (byte) 0xab})
            .text(12, "event");
    WireWriter resource =
        new WireWriter().message(1, keyValue("service.name", new WireWriter().text(1, "web")));
    WireWriter scopeLogs =
        new WireWriter().message(1, new WireWriter().text(1, "lib")).message(2, record);
    byte[] protobuf =
        new WireWriter()
            .message(1, new WireWriter().message(2, scopeLogs).message(1, resource))
            .bytes();
    RecordingSink fromJson =
        json(
            logs(
                "{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"web\"}}]}",
                "{\"name\":\"lib\"}",
                """
                {"time_unix_nano":%s,"observedTimeUnixNano":"5","unknown":[{}],
                 "severityNumber":"SEVERITY_NUMBER_ERROR","severityText":"Error",
                 "body":{"stringValue":"line"},"droppedAttributesCount":2,"flags":4294967295,
                 "attributes":[{"key":"a.b","value":{"kvlistValue":{"values":
                   [{"key":"c","value":{"stringValue":"d"}}]}}}],
                 "traceId":"00000000000000000000000000000000","spanId":"00000000000000AB",
                 "eventName":"event"}
                """
                    .formatted(TIME)));
    RecordingSink fromProtobuf = decode("application/x-protobuf", "", protobuf, OtlpRules.DEFAULTS);
    Recorded expected =
        new Recorded(
            Labels.of("service_name", "web"),
            Long.parseLong(TIME),
            "line",
            Map.of(
                "scope_name", "lib",
                "a.b_c", "d",
                "observed_timestamp", "5",
                "severity_number", "17",
                "severity_text", "Error",
                "span_id", "00000000000000ab",
                "flags", "4294967295",
                "dropped_attributes_count", "2",
                "event_name", "event"));
    assertEquals(List.of(expected), fromProtobuf.entries);
    assertEquals(List.of(expected), fromJson.entries);
  }

  private static WireWriter keyValue(String key, WireWriter value) {
    return new WireWriter().text(1, key).message(2, value);
  }

  @Test
  void recordsWithoutTimeGetTheObservedOneOrNow() {
    RecordingSink sink = json(logs("{}", "{}", "{\"observedTimeUnixNano\":\"7\"},{\"body\":{}}"));
    assertEquals(
        List.of(7L, NOW), sink.entries.stream().map(Recorded::timestampEpochNanos).toList());
    assertEquals(Map.of(), sink.entries.getFirst().metadata());
  }

  @Test
  void rulesDecideInOrder() {
    OtlpRules rules =
        new OtlpRules(
                List.of(
                    Rule.ofNames(Action.INDEX_LABEL, List.of("team")),
                    Rule.ofRegex(Action.DROP, "te.*|x")),
                List.of(Rule.ofNames(Action.DROP, List.of("noisy"))),
                List.of(Rule.ofRegex(Action.DROP, "secret.*")),
                SeverityText.LABEL_AND_METADATA)
            .withIndexLabels(List.of("service.name"));
    String body =
        logs(
            attributes("service.name", "team", "temp", "x", "xy"),
            attributes("noisy", "fine"),
            "{\"severityText\":\"Warn\",\"attributes\":%s},{\"severityText\":\"Warn\"},{}"
                .formatted(
                    attributes("secret.key", "open")
                        .replace("{\"attributes\":", "")
                        .replaceAll("}$", "")));
    RecordingSink sink = decode("application/json", "", body.getBytes(UTF_8), rules);
    Labels warn =
        Labels.of("service_name", "service.name", "team", "team", "severity_text", "Warn");
    assertEquals(
        List.of(warn, Labels.of("service_name", "service.name", "team", "team")), sink.streams);
    assertEquals(
        List.of(
            Map.of("xy", "xy", "fine", "fine", "open", "open", "severity_text", "Warn"),
            Map.of("xy", "xy", "fine", "fine", "severity_text", "Warn"),
            Map.of("xy", "xy", "fine", "fine")),
        sink.entries.stream().map(Recorded::metadata).toList());
  }

  /** Attributes whose values are their names. */
  private static String attributes(String... names) {
    return Arrays.stream(names)
        .map(n -> "{\"key\":\"%s\",\"value\":{\"stringValue\":\"%s\"}}".formatted(n, n))
        .collect(java.util.stream.Collectors.joining(",", "{\"attributes\":[", "]}"));
  }

  @Test
  void resourcesWithoutRecordsAreNoStreams() {
    RecordingSink sink = json("{\"resourceLogs\":[{},{\"scopeLogs\":[{\"logRecords\":[]}]}]}");
    assertEquals(List.of(), sink.streams);
  }

  /** A content coding and how to make it. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Coding(String name, byte[] body) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final byte[] PLAIN =
      logs("{}", "{}", record("{\"stringValue\":\"" + "abcabcabd".repeat(9000) + "\"}"))
          .getBytes(UTF_8);

  static Stream<Coding> codings() throws IOException {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(PLAIN);
    }
    return Stream.of(
        new Coding("", PLAIN),
        new Coding("gzip", gzip.toByteArray()),
        new Coding("zstd", Zstd.compress(PLAIN)),
        new Coding("lz4", lz4()));
  }

  /** A frame with the content's size and checksums, a compressed block and a plain one. */
  private static byte[] lz4() {
    int half = PLAIN.length / 2;
    Lz4JavaCompressor compressor = new Lz4JavaCompressor();
    byte[] block = new byte[compressor.maxCompressedLength(half)];
    int length = compressor.compress(PLAIN, 0, half, block, 0, block.length);
    WireWriter frame = new WireWriter().raw(0x04, 0x22, 0x4d, 0x18, 0x7c, 0x60);
    little(frame, PLAIN.length, 8).raw(0);
    little(frame, length, 4);
    for (int i = 0; i < length; i++) {
      frame.raw(block[i]);
    }
    little(frame, 0, 4);
    little(frame, (PLAIN.length - half) | 1L << 31, 4);
    for (int i = half; i < PLAIN.length; i++) {
      frame.raw(PLAIN[i]);
    }
    little(frame, 0, 4);
    little(frame, 0, 4);
    little(frame, 0, 4);
    return frame.bytes();
  }

  private static WireWriter little(WireWriter out, long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.raw((int) (value >>> (8 * i)) & 0xff);
    }
    return out;
  }

  @ParameterizedTest
  @MethodSource("codings")
  void codingsAreUndone(Coding coding) {
    RecordingSink sink =
        decode("application/json", coding.name(), coding.body(), OtlpRules.DEFAULTS);
    assertEquals("abcabcabd".repeat(9000), sink.entries.getFirst().line());
  }

  /** What is refused, and what is said. */
  private record Refused(String type, String encoding, String body, String message) {}

  static Stream<Refused> refusals() {
    String json = "application/json";
    return Stream.of(
        new Refused("text/plain", "", "{}", "content type: text/plain is not supported"),
        new Refused("", "", "{}", "content type:  is not supported"),
        new Refused(
            json,
            "br",
            "{}",
            "unsupported content encoding br: only gzip, lz4 and zstd are supported"),
        new Refused(json, "lz4", "{}", "lz4: unexpected EOF"),
        new Refused(json, "", "[]", "json: ReadObject: expect { or n"),
        new Refused(json, "", "{\"resourceLogs\":{}}", "json: resourceLogs: expect an array"),
        new Refused(
            json, "", logs("{}", "{}", "{\"traceId\":\"zz\"}"), "json: traceId: expect hex digits"),
        new Refused(
            json, "", logs("{}", "{}", "{\"traceId\":\"aa\"}"), "invalid length for TraceID"),
        new Refused(
            json,
            "",
            logs("{}", "{}", record("{\"arrayValue\":{\"values\":[".repeat(60) + "]}}".repeat(60))),
            "values nested deeper than 48"),
        new Refused("application/x-protobuf", "", "\uffff", "unexpected EOF"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void oddRequestsAreRefused(Refused refused) {
    SkaldException e =
        assertThrows(
            SkaldException.class,
            () ->
                decode(
                    refused.type(),
                    refused.encoding(),
                    refused.body().getBytes(UTF_8),
                    OtlpRules.DEFAULTS));
    assertEquals(ErrorKind.BAD_REQUEST, e.kind());
    assertEquals(refused.message(), e.getMessage());
  }

  /** Whatever comes is read or refused; nothing else is thrown. */
  @Test
  void brokenBytesAreReadOrRefused() {
    long seed = 20261101;
    Random random = new Random(seed);
    byte[] good =
        new WireWriter()
            .message(
                1,
                new WireWriter()
                    .message(
                        2,
                        new WireWriter()
                            .message(
                                2,
                                new WireWriter()
                                    .fixed64(1, 5)
                                    .message(6, keyValue("a", new WireWriter().text(1, "b")))
                                    .message(
                                        5,
                                        new WireWriter()
                                            .message(
                                                6,
                                                new WireWriter()
                                                    .message(
                                                        1,
                                                        keyValue(
                                                            "k",
                                                            new WireWriter().number(3, 1))))))))
            .bytes();
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] broken = good.clone();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
      }
      try {
        decode("application/x-protobuf", "", broken, OtlpRules.DEFAULTS);
        read++;
      } catch (SkaldException e) {
        assertEquals(ErrorKind.BAD_REQUEST, e.kind(), "seed " + seed + ", round " + i);
      }
    }
    assertEquals(true, read > 0, "seed " + seed + ": none was readable");
  }
}
