package dev.skald.protocol.push;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.protocol.wire.WireCursor;
import java.util.Locale;

/**
 * Walks a {@code PushRequest} message; the messages are on the page on Loki's HTTP API, section
 * 2.4. Lines are handed over where they lie. Fields may come in any order, unknown ones are
 * skipped.
 */
final class ProtobufPush {
  /** Label text beyond this is refused. */
  static final int LABEL_TEXT_BYTES_MAX = 16 << 20;

  private static final int REQUEST_STREAMS = 1;
  private static final int STREAM_LABELS = 1;
  private static final int STREAM_ENTRIES = 2;
  private static final int ENTRY_TIMESTAMP = 1;
  private static final int ENTRY_LINE = 2;
  private static final int ENTRY_METADATA = 3;
  private static final int PAIR_NAME = 1;
  private static final int PAIR_VALUE = 2;
  private static final int TIMESTAMP_SECONDS = 1;
  private static final int TIMESTAMP_NANOS = 2;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final byte[] bytes;
  private final WireCursor cursor;
  private final MetadataPairs pairs;
  private final PushSink sink;
  private int labelsStart;
  private int labelsEnd;

  private ProtobufPush(byte[] bytes, int length, MetadataPairs pairs, PushSink sink) {
    this.bytes = bytes;
    this.cursor = new WireCursor(bytes, 0, length);
    this.pairs = pairs;
    this.sink = sink;
  }

  static void decode(byte[] bytes, int length, MetadataPairs pairs, PushSink sink) {
    new ProtobufPush(bytes, length, pairs, sink).request();
  }

  private void request() {
    while (cursor.more()) {
      int tag = cursor.tag();
      if (WireCursor.field(tag) == REQUEST_STREAMS) {
        int outer = cursor.enter(cursor.length(tag));
        stream();
        cursor.leave(outer);
      } else {
        cursor.skip(tag);
      }
    }
  }

  private void stream() {
    int start = cursor.at();
    findLabels();
    sink.stream(bytes, labelsStart, labelsEnd);
    cursor.at(start);
    while (cursor.more()) {
      int tag = cursor.tag();
      if (WireCursor.field(tag) == STREAM_ENTRIES) {
        int outer = cursor.enter(cursor.length(tag));
        entry();
        cursor.leave(outer);
      } else {
        cursor.skip(tag);
      }
    }
  }

  /**
   * Where the stream's labels are, nowhere if there are none. Every encoder puts them first, where
   * they are found at once; behind entries they are found too, the last ones then.
   */
  private void findLabels() {
    labelsStart = cursor.at();
    labelsEnd = labelsStart;
    for (boolean first = true; cursor.more(); first = false) {
      int tag = cursor.tag();
      if (WireCursor.field(tag) == STREAM_LABELS) {
        int length = cursor.length(tag);
        if (length > LABEL_TEXT_BYTES_MAX) {
          throw labelsTooLong(length);
        }
        labelsStart = cursor.at();
        labelsEnd = labelsStart + length;
        if (first) {
          return;
        }
        cursor.at(labelsEnd);
      } else {
        cursor.skip(tag);
      }
    }
  }

  /** Sizes in decimal megabytes without a fraction, as the reference prints them. */
  static SkaldException labelsTooLong(long length) {
    return new SkaldException(
        ErrorKind.TOO_LARGE,
        "request body too large: stream labels size %s exceeds limit of %s",
        megabytes(length),
        megabytes(LABEL_TEXT_BYTES_MAX));
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.0f MB", bytes / 1e6);
  }

  private void entry() {
    pairs.clear(bytes);
    long timestamp = 0;
    boolean timed = false;
    int lineStart = cursor.at();
    int lineEnd = lineStart;
    while (cursor.more()) {
      int tag = cursor.tag();
      switch (WireCursor.field(tag)) {
        case ENTRY_TIMESTAMP -> {
          int outer = cursor.enter(cursor.length(tag));
          timestamp = timestamp();
          timed = true;
          cursor.leave(outer);
        }
        case ENTRY_LINE -> {
          int length = cursor.length(tag);
          lineStart = cursor.at();
          lineEnd = lineStart + length;
          cursor.at(lineEnd);
        }
        case ENTRY_METADATA -> {
          int outer = cursor.enter(cursor.length(tag));
          pair();
          cursor.leave(outer);
        }
        default -> cursor.skip(tag);
      }
    }
    if (!timed) {
      throw WireCursor.malformed("entry without timestamp");
    }
    sink.entry(timestamp, bytes, lineStart, lineEnd, pairs);
  }

  private long timestamp() {
    long seconds = 0;
    long nanos = 0;
    while (cursor.more()) {
      int tag = cursor.tag();
      switch (WireCursor.field(tag)) {
        case TIMESTAMP_SECONDS -> seconds = cursor.varint(tag);
        case TIMESTAMP_NANOS -> nanos = (int) cursor.varint(tag);
        default -> cursor.skip(tag);
      }
    }
    if (nanos < 0 || nanos >= NANOS_PER_SECOND) {
      throw WireCursor.malformed("timestamp: nanos not in range [0, 1e9): " + nanos);
    }
    return Timestamps.epochNanos(seconds, nanos);
  }

  private void pair() {
    int nameStart = cursor.at();
    int nameEnd = nameStart;
    int valueStart = nameStart;
    int valueEnd = nameStart;
    while (cursor.more()) {
      int tag = cursor.tag();
      switch (WireCursor.field(tag)) {
        case PAIR_NAME -> {
          int length = cursor.length(tag);
          nameStart = cursor.at();
          nameEnd = nameStart + length;
          cursor.at(nameEnd);
        }
        case PAIR_VALUE -> {
          int length = cursor.length(tag);
          valueStart = cursor.at();
          valueEnd = valueStart + length;
          cursor.at(valueEnd);
        }
        default -> cursor.skip(tag);
      }
    }
    pairs.add(nameStart, nameEnd, valueStart, valueEnd);
  }
}
