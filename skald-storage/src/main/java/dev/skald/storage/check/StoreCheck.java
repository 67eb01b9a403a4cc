package dev.skald.storage.check;

import dev.skald.compress.ZstdContexts;
import dev.skald.disk.Disk;
import dev.skald.model.SharedLabels;
import dev.skald.storage.head.BatchCodec;
import dev.skald.storage.manifest.LiveSegment;
import dev.skald.storage.manifest.Manifest;
import dev.skald.storage.manifest.ManifestCheck;
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

/**
 * Walks every invariant of a data directory that no store has open: manifests and their chain,
 * every byte of every live segment, lists of delete requests, every record of the WAL. Changes nothing. Holds one page or one
 * WAL record in memory at a time.
 */
public final class StoreCheck {
  /** Folder of manifests and segments in a data directory. */
  public static final String OBJECTS_FOLDER = "objects";

  /** Folder of the WAL in a data directory. */
  public static final String WAL_FOLDER = "wal";

  private final Disk disk;
  private final List<String> damages = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final SharedLabels sharedLabels = new SharedLabels();
  private long walRows;

  private StoreCheck(Disk disk) {
    this.disk = disk;
  }

  /**
   * @param disk rooted at the data directory
   * @throws IOException if the disk cannot be read
   * @throws dev.skald.error.SkaldException UNSUPPORTED if a newer version wrote any of it
   */
  public static CheckReport run(Disk disk) throws IOException {
    return new StoreCheck(disk).run();
  }

  private CheckReport run() throws IOException {
    ObjectStore objects = LocalObjectStore.openForReading(disk, OBJECTS_FOLDER);
    ManifestCheck.Result manifests = ManifestCheck.run(objects, this::objectDamaged);
    Manifest manifest = manifests.newest();
    if (manifests.brokenCount() == manifests.manifestCount() && manifests.brokenCount() > 0) {
      damages.add("no manifest can be read: what the store holds is not known");
    }
    try (ZstdContexts zstd = new ZstdContexts()) {
      for (LiveSegment segment : manifest.segments()) {
        SegmentCheck.run(objects, segment.summary(), zstd, this::objectDamaged);
      }
    }
    DeleteLogCheck.run(objects, this::objectDamaged);
    noteOrphans(objects, manifest);
    for (String leftover : disk.list(OBJECTS_FOLDER + "/tmp")) {
      notes.add(OBJECTS_FOLDER + "/tmp/" + leftover + ": never completed, swept at the next start");
    }
    WalReplay.Result wal = checkWal(manifest.walFileFirst());
    return new CheckReport(
        damages,
        notes,
        manifest.number(),
        manifests.manifestCount(),
        manifest.segments().size(),
        manifest.rowCount(),
        manifest.segmentBytes(),
        wal.records(),
        walRows);
  }

  /**
   * @param damage begins with the object's name; in a local store that is a path below the folder
   */
  private void objectDamaged(String damage) {
    damages.add(OBJECTS_FOLDER + "/" + damage);
  }

  private void noteOrphans(ObjectStore objects, Manifest manifest) throws IOException {
    Set<ObjectName> live = new HashSet<>();
    manifest.segments().forEach(segment -> live.add(segment.summary().id().objectName()));
    for (ObjectName name : objects.list(SegmentId.FOLDER)) {
      if (!live.contains(name)) {
        notes.add(
            OBJECTS_FOLDER
                + "/"
                + name
                + ": in no manifest; written just before a crash, or no longer needed");
      }
    }
  }

  private WalReplay.Result checkWal(long walFileFirst) throws IOException {
    WalReplay.Result result =
        WalReplay.run(
            new LookOnlyDisk(disk),
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
