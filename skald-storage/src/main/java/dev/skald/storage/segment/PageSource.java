package dev.skald.storage.segment;

import dev.skald.bytes.ByteWriter;
import dev.skald.compress.ZstdContexts;
import dev.skald.model.Labels;
import dev.skald.storage.index.StreamTableWriter;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a segment is written from: its pages, one after the other. Only one page's rows need be in
 * memory at a time. For one thread, to be read once.
 */
public interface PageSource {
  /**
   * The rows that make one page.
   *
   * @param from first row of {@link PageSource#rows}
   * @param to one more than the last
   * @param lineBytes length of their lines
   * @param streamFirst the segment's ordinal of the first row's stream
   */
  record Next(int from, int to, int lineBytes, int streamFirst) {}

  /** Where the rows of the page that {@link #next} answered stand. */
  OrderedRows rows();

  /** The next page; null when there is none left. Rows of the page before are gone then. */
  @Nullable Next next() throws IOException;

  /**
   * Streams of all pages so far, each with rows, in strictly ascending order; the ordinal is the
   * place.
   */
  List<Labels> streams();

  /** Appends the table of {@link #streams}; after the last page. */
  default void writeStreams(ByteWriter out, ZstdContexts zstd) {
    StreamTableWriter.write(streams(), out, zstd);
  }

  /** Rows left out because an equal one is there; complete after the last page. */
  long duplicateCount();
}
