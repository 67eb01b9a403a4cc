package dev.skald.protocol.otlp;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages of an export in their JSON mapping (OTLP specification, "JSON Protobuf Encoding"):
 * names in lower camel case, and as the protobuf files spell them, which readers must take too.
 */
enum JsonMessage {
  REQUEST,
  RESOURCE_LOGS,
  RESOURCE,
  SCOPE_LOGS,
  SCOPE,
  LOG_RECORD,
  KEY_VALUE,
  ANY_VALUE,
  ARRAY,
  MAP;

  /** How a value is written in JSON, and how in protobuf. */
  enum Kind {
    STRING,
    BOOL,
    /** A number or its digits in a string; a varint. */
    INTEGER,
    /** The same; eight bytes. */
    FIXED64,
    /** The same; four bytes. */
    FIXED32,
    DOUBLE,
    /** Bytes as hex digits. */
    HEX,
    BASE64,
    /** A number, or the name of one of severity. */
    SEVERITY,
    MESSAGE,
    /** An array of messages. */
    MESSAGES
  }

  /**
   * @param message what a MESSAGE is; null for all other kinds
   */
  record Field(int number, Kind kind, @Nullable JsonMessage message) {}

  @SuppressWarnings("ImmutableEnumChecker") // filled below, and then left alone
  private final Map<String, Field> fields = new HashMap<>();

  static {
    REQUEST.many("resourceLogs", 1, RESOURCE_LOGS);
    RESOURCE_LOGS.one("resource", 1, RESOURCE).many("scopeLogs", 2, SCOPE_LOGS);
    RESOURCE.many("attributes", 1, KEY_VALUE);
    SCOPE_LOGS.one("scope", 1, SCOPE).many("logRecords", 2, LOG_RECORD);
    SCOPE
        .field("name", 1, Kind.STRING)
        .field("version", 2, Kind.STRING)
        .many("attributes", 3, KEY_VALUE)
        .field("droppedAttributesCount", 4, Kind.INTEGER);
    LOG_RECORD
        .field("timeUnixNano", 1, Kind.FIXED64)
        .field("severityNumber", 2, Kind.SEVERITY)
        .field("severityText", 3, Kind.STRING)
        .one("body", 5, ANY_VALUE)
        .many("attributes", 6, KEY_VALUE)
        .field("droppedAttributesCount", 7, Kind.INTEGER)
        .field("flags", 8, Kind.FIXED32)
        .field("traceId", 9, Kind.HEX)
        .field("spanId", 10, Kind.HEX)
        .field("observedTimeUnixNano", 11, Kind.FIXED64)
        .field("eventName", 12, Kind.STRING);
    KEY_VALUE.field("key", 1, Kind.STRING).one("value", 2, ANY_VALUE);
    ANY_VALUE
        .field("stringValue", AnyValue.STRING, Kind.STRING)
        .field("boolValue", AnyValue.BOOL, Kind.BOOL)
        .field("intValue", AnyValue.INT, Kind.INTEGER)
        .field("doubleValue", AnyValue.DOUBLE, Kind.DOUBLE)
        .one("arrayValue", AnyValue.ARRAY, ARRAY)
        .one("kvlistValue", AnyValue.MAP, MAP)
        .field("bytesValue", AnyValue.BYTES, Kind.BASE64);
    ARRAY.many("values", 1, ANY_VALUE);
    MAP.many("values", 1, KEY_VALUE);
  }

  private JsonMessage field(String name, int number, Kind kind) {
    return put(name, new Field(number, kind, null));
  }

  private JsonMessage one(String name, int number, JsonMessage message) {
    return put(name, new Field(number, Kind.MESSAGE, message));
  }

  private JsonMessage many(String name, int number, JsonMessage message) {
    return put(name, new Field(number, Kind.MESSAGES, message));
  }

  private JsonMessage put(String name, Field field) {
    fields.put(name, field);
    StringBuilder snake = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isUpperCase(c)) {
        snake.append('_').append(Character.toLowerCase(c));
      } else {
        snake.append(c);
      }
    }
    fields.put(snake.toString(), field);
    return this;
  }

  /** Null for a name that is not known. */
  @Nullable Field field(String name) {
    return fields.get(name);
  }
}
