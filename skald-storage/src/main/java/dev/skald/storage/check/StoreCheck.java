package dev.skald.storage.check;

import dev.skald.compress.ZstdContexts;
import dev.skald.disk.Disk;
import dev.skald.model.SharedLabels;
import dev.skald.storage.head.BatchCodec;
import dev.skald.storage.manifest.LiveSegment;
import dev.skald.storage.manifest.Manifest;
import dev.skald.storage.manifest.ManifestCheck;
import dev.skald.storage.manifest.WriterId;
import dev.skald.storage.object.LocalObjectStore;
import dev.skald.storage.object.ObjectName;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.removal.DeleteLogCheck;
import dev.skald.storage.segment.SegmentCheck;
import dev.skald.storage.segment.SegmentId;
import dev.skald.storage.wal.WalConfig;
import dev.skald.storage.wal.WalDamage;
import dev.skald.storage.wal.WalReplay;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks every invariant of a store that nobody has open: manifests and their chain,
 * every byte of every live segment, lists of delete requests, every record of the WAL. Changes nothing. Holds one page or one
 * WAL record in memory at a time.
 */
public final class StoreCheck {
  /** Folder of manifests and segments in a data directory. */
  public static final String OBJECTS_FOLDER = "objects";

  /** Folder of the WAL in a data directory. */
  public static final String WAL_FOLDER = "wal";

  private final ObjectStore objects;
  private final String prefix;
  private final @Nullable Disk disk;
  private final List<String> damages = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final SharedLabels sharedLabels = new SharedLabels();
  private ManifestCheck.Result manifests = new ManifestCheck.Result(Manifest.EMPTY, 0, 0);
  private long walRows;

  private StoreCheck(ObjectStore objects, String prefix, @Nullable Disk disk) {
    this.objects = objects;
    this.prefix = prefix;
    this.disk = disk;
  }

  /**
   * A data directory that holds all of a store.
   *
   * @param disk rooted at the data directory
   * @throws IOException if the disk cannot be read
   * @throws dev.skald.error.SkaldException UNSUPPORTED if a newer version wrote any of it
   */
  public static CheckReport run(Disk disk) throws IOException {
    ObjectStore objects = LocalObjectStore.openForReading(disk, OBJECTS_FOLDER);
    StoreCheck check = new StoreCheck(objects, OBJECTS_FOLDER + "/", disk);
    Manifest manifest = check.manifest();
    for (String leftover : disk.list(OBJECTS_FOLDER + "/tmp")) {
      check.notes.add(
          OBJECTS_FOLDER + "/tmp/" + leftover + ": never completed, swept at the next start");
    }
    return check.report(manifest, manifest.walFileFirst());
  }

  /**
   * A store whose objects are elsewhere. A server that writes to them meanwhile makes objects come and go.
   *
   * @param place what objects' names are shown after
   * @param disk rooted at the data directory with the log
   */
  public static CheckReport run(ObjectStore objects, String place, Disk disk) throws IOException {
    StoreCheck check = new StoreCheck(objects, place, disk);
    Manifest manifest = check.manifest();
    boolean isOfThisLog = manifest.writer() == WriterId.peek(disk);
    return check.report(manifest, isOfThisLog ? manifest.walFileFirst() : 0);
  }

  /** As above, without the log. */
  public static CheckReport run(ObjectStore objects, String place) throws IOException {
    StoreCheck check = new StoreCheck(objects, place, null);
    return check.report(check.manifest(), 0);
  }

  private Manifest manifest() throws IOException {
    manifests = ManifestCheck.run(objects, this::objectDamaged);
    return manifests.newest();
  }

  private CheckReport report(Manifest manifest, long walFileFirst) throws IOException {
    if (manifests.brokenCount() == manifests.manifestCount() && manifests.brokenCount() > 0) {
      damages.add("no manifest can be read: what the store holds is not known");
    }
    try (ZstdContexts zstd = new ZstdContexts()) {
      for (LiveSegment segment : manifest.segments()) {
        SegmentCheck.run(objects, segment.summary(), zstd, this::objectDamaged);
      }
    }
    DeleteLogCheck.run(objects, this::objectDamaged);
    noteOrphans(manifest);
    long walRecords = disk == null ? 0 : checkWal(disk, walFileFirst).records();
    return new CheckReport(
        damages,
        notes,
        manifest.number(),
        manifests.manifestCount(),
        manifest.segments().size(),
        manifest.rowCount(),
        manifest.segmentBytes(),
        walRecords,
        walRows);
  }

  /**
   * @param damage begins with the object's name; in a local store that is a path below the folder
   */
  private void objectDamaged(String damage) {
    damages.add(prefix + damage);
  }

  private void noteOrphans(Manifest manifest) throws IOException {
    Set<ObjectName> live = new HashSet<>();
    manifest.segments().forEach(segment -> live.add(segment.summary().id().objectName()));
    for (ObjectName name : objects.list(SegmentId.FOLDER)) {
      if (!live.contains(name)) {
        notes.add(
            prefix + name + ": in no manifest; written just before a crash, or no longer needed");
      }
    }
  }

  private WalReplay.Result checkWal(Disk walDisk, long walFileFirst) throws IOException {
    WalReplay.Result result =
        WalReplay.run(
            new LookOnlyDisk(walDisk),
            WAL_FOLDER,
            Math.max(1, walFileFirst),
            WalConfig.DEFAULT,
            (file, payload) ->
                walRows += BatchCodec.decode(payload, sharedLabels).batch().rowCount());
    for (WalDamage damage : result.damages()) {
      String text =
          "%s: byte %d to %d: %s"
              .formatted(
                  damage.path(),
                  damage.offsetBytes(),
                  damage.offsetBytes() + damage.lengthBytes(),
                  damage.detail());
      switch (damage.kind()) {
        case CORRUPT -> damages.add(text);
        case TORN -> notes.add(text + "; never acknowledged, cut at the next start");
      }
    }
    return result;
  }
}
