package dev.skald.storage.check;

import dev.skald.disk.Disk;
import dev.skald.storage.manifest.LiveSegment;
import dev.skald.storage.manifest.Manifest;
import dev.skald.storage.manifest.ManifestCheck;
import dev.skald.storage.object.LocalObjectStore;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.segment.SegmentSummary;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lists the segments of a data directory as its newest manifest has them. Changes nothing and needs no lock. */
public final class StoreInspection {
  private StoreInspection() {}

  /**
   * @param disk rooted at the data directory
   * @throws IOException if the disk cannot be read; damage is no failure
   * @throws dev.skald.error.SkaldException UNSUPPORTED if a newer version wrote a manifest
   */
  public static InspectReport run(Disk disk) throws IOException {
    ObjectStore objects = LocalObjectStore.openForReading(disk, StoreCheck.OBJECTS_FOLDER);
    StringBuilder out = new StringBuilder();
    boolean isSound = segments(objects, StoreCheck.OBJECTS_FOLDER + "/", out);
    long wal = 0;
    List<String> files = disk.list(StoreCheck.WAL_FOLDER);
    for (String file : files) {
      wal += disk.sizeBytes(StoreCheck.WAL_FOLDER + "/" + file);
    }
    line(out, "wal: %d files, %,d bytes", files.size(), wal);
    return new InspectReport(out.toString(), isSound);
  }

  /**
   * Objects that are elsewhere.
   *
   * @param place what objects' names are shown after
   */
  public static InspectReport run(ObjectStore objects, String place) throws IOException {
    StringBuilder out = new StringBuilder();
    boolean isSound = segments(objects, place, out);
    return new InspectReport(out.toString(), isSound);
  }

  private static boolean segments(ObjectStore objects, String prefix, StringBuilder out)
      throws IOException {
    List<String> damages = new ArrayList<>();
    Manifest manifest = ManifestCheck.run(objects, damages::add).newest();
    damages.forEach(damage -> line(out, "DAMAGED %s%s", prefix, damage));
    line(
        out,
        "manifest %d: %d segments, %,d rows, %,d bytes",
        manifest.number(),
        manifest.segments().size(),
        manifest.rowCount(),
        manifest.segmentBytes());
    line(
        out,
        "segment           day         level       rows   streams  pages    line bytes        stored   share  tenant");
    for (LiveSegment live : manifest.segments()) {
      SegmentSummary segment = live.summary();
      line(
          out,
          "%s  %s  %5d %,10d  %,8d %,6d  %,12d  %,12d  %5.1f%%  %s",
          segment.id(),
          LocalDate.ofEpochDay(segment.utcDay()),
          live.level(),
          segment.rowCount(),
          segment.streamCount(),
          segment.pageCount(),
          segment.lineBytes(),
          segment.sizeBytes(),
          100.0 * segment.sizeBytes() / Math.max(1, segment.lineBytes()),
          segment.tenant().value());
    }
    return damages.isEmpty();
  }

  private static void line(StringBuilder out, String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
