package dev.skald.storage.check;

import dev.skald.compress.ZstdContexts;
import dev.skald.disk.Disk;
import dev.skald.disk.ReadableFile;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.storage.object.ObjectName;
import dev.skald.storage.object.ObjectReader;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.segment.SegmentAnatomy;
import dev.skald.storage.segment.SegmentAnatomy.PagePart;
import dev.skald.storage.segment.SegmentAnatomy.Part;
import dev.skald.storage.segment.SegmentDissection;
import dev.skald.storage.segment.SegmentId;
import dev.skald.storage.segment.SegmentSummary;
import dev.skald.storage.shape.ShapedAnatomy.FramePart;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Shows what a segment's file consists of and where its bytes go. Changes nothing; needs no lock, segments never change. */
public final class SegmentInspection {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final String path;
  private final SegmentAnatomy anatomy;
  private final InspectOptions options;
  private final StringBuilder out = new StringBuilder();

  private SegmentInspection(String path, SegmentAnatomy anatomy, InspectOptions options) {
    this.path = path;
    this.anatomy = anatomy;
    this.options = options;
  }

  /**
   * @param path of the file, below the disk's root
   * @throws IOException if it cannot be read; damage is no failure
   * @throws dev.skald.error.SkaldException UNSUPPORTED if a newer version wrote it
   */
  public static InspectReport run(Disk disk, String path, InspectOptions options)
      throws IOException {
    try (ReadableFile file = disk.open(path);
        ZstdContexts zstd = new ZstdContexts()) {
      SegmentAnatomy anatomy = SegmentDissection.run(path, new FileObject(file), zstd);
      SegmentInspection inspection = new SegmentInspection(path, anatomy, options);
      return new InspectReport(inspection.text(), anatomy.damages().isEmpty());
    }
  }

  /**
   * A segment that is elsewhere.
   *
   * @throws dev.skald.error.SkaldException BAD_REQUEST if {@code id} is no segment's name
   */
  public static InspectReport run(ObjectStore objects, String id, InspectOptions options)
      throws IOException {
    if (!ObjectName.isPart(id) || SegmentId.ofName(new ObjectName(SegmentId.FOLDER, id)) == null) {
      throw new SkaldException(ErrorKind.BAD_REQUEST, "no name of a segment: %s", id);
    }
    ObjectName name = new ObjectName(SegmentId.FOLDER, id);
    try (ObjectReader object = objects.open(name);
        ZstdContexts zstd = new ZstdContexts()) {
      SegmentAnatomy anatomy = SegmentDissection.run(name.path(), object, zstd);
      SegmentInspection inspection = new SegmentInspection(name.path(), anatomy, options);
      return new InspectReport(inspection.text(), anatomy.damages().isEmpty());
    }
  }

  /** A file as an object. */
  private record FileObject(ReadableFile file) implements ObjectReader {
    @Override
    public long sizeBytes() throws IOException {
      return file.sizeBytes();
    }

    @Override
    public void read(long offsetBytes, ByteBuffer target) throws IOException {
      file.read(offsetBytes, target);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  private void line(String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
  }

  private String text() {
    anatomy.damages().forEach(damage -> line("DAMAGED %s", damage));
    SegmentSummary summary = anatomy.summary();
    if (summary == null) {
      line("%s: %,d bytes, format version %s", path, anatomy.sizeBytes(), version());
      line("the directory cannot be read: pages are not known");
      blocks("parts", anatomy.parts());
      blocks("blocks found from the start", anatomy.blocksFound());
      return out.toString();
    }
    header(summary);
    blocks("parts", anatomy.parts());
    pages();
    bytes(summary);
    for (int i = 0; i < anatomy.pages().size(); i++) {
      page(i, anatomy.pages().get(i));
    }
    return out.toString();
  }

  private String version() {
    return anatomy.version() == 0 ? "unknown" : String.valueOf(anatomy.version());
  }

  private void header(SegmentSummary summary) {
    line(
        "segment %s, format version %d, %,d bytes",
        summary.id(), anatomy.version(), summary.sizeBytes());
    line("tenant %s, day %s", summary.tenant().value(), LocalDate.ofEpochDay(summary.utcDay()));
    line(
        "%,d rows of %,d streams in %,d pages, %s to %s",
        summary.rowCount(),
        summary.streamCount(),
        summary.pageCount(),
        time(summary.minEpochNanos()),
        time(summary.maxEpochNanos()));
    line(
        "%,d bytes of lines, %,d characters of metadata: %s of the lines",
        summary.lineBytes(),
        summary.metadataChars(),
        share(summary.sizeBytes(), summary.lineBytes()));
  }

  private static String time(long epochNanos) {
    return Instant.ofEpochSecond(
            Math.floorDiv(epochNanos, NANOS_PER_SECOND),
            Math.floorMod(epochNanos, NANOS_PER_SECOND))
        .toString();
  }

  /** As a percentage; nothing of nothing is nothing. */
  private static String share(long part, long whole) {
    return whole == 0 ? "-" : String.format(Locale.ROOT, "%.2f %%", 100.0 * part / whole);
  }

  private void blocks(String title, List<Part> parts) {
    line("");
    line("%s", title);
    for (Part part : parts) {
      line(
          "  %-18s at %,12d  %,12d bytes  %s",
          name(part.kind()),
          part.offsetBytes(),
          part.storedBytes(),
          part.isSound() ? "" : "DAMAGED");
    }
  }

  private static String name(String kind) {
    return kind.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private void pages() {
    line("");
    line("pages      rows  streams    line bytes        stored     share  first and last time");
    for (int i = 0; i < anatomy.pages().size(); i++) {
      PagePart page = anatomy.pages().get(i);
      line(
          "%5d %,9d %,8d  %,12d  %,12d  %8s  %s %s  %s",
          i,
          page.rowCount(),
          page.streamCount(),
          page.lineBytes(),
          page.storedBytes(),
          share(page.storedBytes(), page.lineBytes()),
          time(page.minEpochNanos()),
          time(page.maxEpochNanos()),
          page.blocks().stream().allMatch(Part::isSound) ? "" : "DAMAGED");
    }
  }

  /** Where the bytes go: all blocks by kind, frames by what is in them. */
  private void bytes(SegmentSummary summary) {
    Map<String, Long> sums = new LinkedHashMap<>();
    for (PagePart page : anatomy.pages()) {
      int frame = 0;
      for (Part block : page.blocks()) {
        String kind = name(block.kind());
        if (kind.equals("frame")) {
          kind = isRowShapes(page, frame++) ? "frames: shapes of rows" : "frames: columns";
        }
        sums.merge(kind, block.storedBytes(), Long::sum);
      }
    }
    anatomy.parts().forEach(part -> sums.merge(name(part.kind()), part.storedBytes(), Long::sum));
    line("");
    line("where the bytes go               bytes    of file   of lines");
    sums.forEach(
        (kind, bytes) ->
            line(
                "  %-24s %,12d  %9s  %9s",
                kind, bytes, share(bytes, summary.sizeBytes()), share(bytes, summary.lineBytes())));
  }

  private static boolean isRowShapes(PagePart page, int frame) {
    if (page.shaped() == null) {
      return false;
    }
    List<FramePart> frames = page.shaped().frames();
    return frame < frames.size() && frames.get(frame).holdsRowShapes();
  }

  private void page(int number, PagePart page) {
    blocks("page " + number, page.blocks());
    if (page.shaped() != null) {
      new PageInspection(page, page.shaped(), options, this::line).show();
    }
  }
}
