package dev.skald.protocol.push;

import dev.skald.model.Label;
import java.util.List;

/**
 * What a push decoder drives: {@link #expect} once, then streams, each followed by its entries. An
 * exception thrown by the sink ends the decoding and reaches the decoder's caller. If decoding
 * fails, what the sink has got so far is to be thrown away: a request that cannot be read is lost
 * whole.
 */
public interface PushSink {
  /** The size of the decoded body: no more bytes of lines will follow than this. */
  void expect(int decodedBytes);

  /**
   * Begins a stream; its labels are the text {@code bytes[start .. end)}, borrowed for the call and
   * not looked at yet: {@link LabelText} reads it.
   */
  void stream(byte[] bytes, int start, int end);

  /**
   * Begins a stream; names are unique and unchecked, in order of appearance. The list is the
   * sink's.
   */
  void stream(List<Label> labels);

  /**
   * An entry of the stream begun last. The line is {@code bytes[start .. end)}; it and {@code
   * metadata} are borrowed for the call.
   */
  void entry(long timestampEpochNanos, byte[] bytes, int start, int end, MetadataPairs metadata);
}
