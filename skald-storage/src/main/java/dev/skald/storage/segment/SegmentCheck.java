package dev.skald.storage.segment;

import dev.skald.compress.ZstdContexts;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.model.Lines;
import dev.skald.model.ShapedLines;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.shape.ShapedCheck;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads a whole segment and checks every invariant: checksums, order, statistics against content,
 * and the summary that its parent has. One page is in memory at a time. For one thread and one
 * segment.
 */
public final class SegmentCheck {
  private final String objectName;
  private final Consumer<String> problems;

  /** Streams that have rows. */
  private final BitSet streamsSeen = new BitSet();

  /** Last row of the pages before. */
  private int lastStream = -1;

  private long lastTime;

  /** Entries of {@link #lastStream} at {@link #lastTime}, so far. */
  private final Set<Content> sameTime = new HashSet<>();

  /** A line, copied, and its metadata. */
  private record Content(ByteBuffer line, Labels metadata) {}

  private SegmentCheck(String objectName, Consumer<String> problems) {
    this.objectName = objectName;
    this.problems = problems;
  }

  /**
   * @param expected what the manifest says
   * @param problems told of each thing that is not as it must be, with the object's name and where
   *     it can be known the byte
   * @throws IOException if the store cannot be read
   */
  public static void run(
      ObjectStore store, SegmentSummary expected, ZstdContexts zstd, Consumer<String> problems)
      throws IOException {
    String objectName = expected.id().objectName().path();
    try (SegmentReader reader =
        SegmentReader.open(store, expected.id(), zstd, SegmentListener.NONE)) {
      if (!reader.summary().equals(expected)) {
        problems.accept(
            "%s: summary: manifest has %s, segment %s"
                .formatted(objectName, expected, reader.summary()));
      }
      new SegmentCheck(objectName, problems).run(reader);
    } catch (NoSuchFileException e) {
      problems.accept(objectName + ": in the manifest and not there");
    } catch (SkaldException e) {
      requireDamage(e);
      problems.accept(e.getMessage());
    }
  }

  private static void requireDamage(SkaldException e) {
    if (e.kind() != ErrorKind.CORRUPT) {
      throw e;
    }
  }

  private void run(SegmentReader reader) {
    reader
        .source()
        .streams()
        .check(problem -> problems.accept(objectName + ": stream table: " + problem));
    List<PageEntry> pages = reader.directory().pages();
    boolean complete = true;
    for (int i = 0; i < pages.size(); i++) {
      try {
        SegmentPage page =
            new SegmentPage(reader.source(), pages.get(i), new PageNotes(), damage -> {});
        page.readColumns();
        new PageCheck(i, pages.get(i), page).run(reader.directory().utcDay());
      } catch (SkaldException e) {
        requireDamage(e);
        problems.accept("%s (page %d)".formatted(e.getMessage(), i));
        complete = false;
      }
    }
    int streamCount = reader.directory().streamCount();
    if (complete && streamsSeen.cardinality() != streamCount) {
      problems.accept(
          "%s: streams with rows: expected %d, was %d"
              .formatted(objectName, streamCount, streamsSeen.cardinality()));
    }
  }

  /** One page. */
  private final class PageCheck {
    private final int number;
    private final PageEntry entry;
    private final SegmentPage page;
    private final Lines lines;
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;
    private long metadataChars;

    PageCheck(int number, PageEntry entry, SegmentPage page) {
      this.number = number;
      this.entry = entry;
      this.page = page;
      this.lines = page.lines();
    }

    void run(long utcDay) {
      ShapedLines shaped = page.shaped();
      if (shaped != null) {
        ShapedCheck.run(shaped, this::problem);
      }
      for (int row = 0; row < entry.rowCount(); row++) {
        checkRow(row);
      }
      expect("oldest timestamp", entry.minEpochNanos(), min);
      expect("newest timestamp", entry.maxEpochNanos(), max);
      expect("metadata characters", entry.metadataChars(), metadataChars);
      expect("day of oldest row", utcDay, SegmentWriter.utcDay(min));
      expect("day of newest row", utcDay, SegmentWriter.utcDay(max));
    }

    private void checkRow(int row) {
      int stream = page.runs().stream(page.streamOrdinals()[row]);
      long time = page.timestampsEpochNanos()[row];
      boolean sameStream = stream == lastStream;
      if (stream < lastStream || (sameStream && time < lastTime)) {
        problem(
            "row %d: stream %d at %d stands after stream %d at %d"
                .formatted(row, stream, time, lastStream, lastTime));
      }
      if (!sameStream || time != lastTime) {
        sameTime.clear();
      }
      lastStream = stream;
      lastTime = time;
      streamsSeen.set(stream);
      min = Math.min(min, time);
      max = Math.max(max, time);
      int metadata = page.metadataOrdinals()[row];
      if (metadata != 0) {
        for (Label label : page.metadata(metadata).sorted()) {
          metadataChars += label.name().length() + label.value().length();
        }
      }
      checkOnce(row, metadata);
    }

    private void checkOnce(int row, int metadata) {
      byte[] line = new byte[lines.end(row) - lines.start(row)];
      System.arraycopy(lines.bytes(), lines.start(row), line, 0, line.length);
      if (!sameTime.add(new Content(ByteBuffer.wrap(line), page.metadata(metadata)))) {
        problem("row %d: stands there twice".formatted(row));
      }
    }

    private void expect(String what, long expected, long actual) {
      if (expected != actual) {
        problem("%s: expected %d, was %d".formatted(what, expected, actual));
      }
    }

    private void problem(String text) {
      problems.accept(
          "%s: page %d at byte %d: %s"
              .formatted(objectName, number, entry.blocks().getFirst().offsetBytes(), text));
    }
  }
}
