package dev.skald.storage.manifest;

import dev.skald.bytes.Corruption;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.random.Randomness;
import dev.skald.storage.object.ObjectName;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.segment.SegmentId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The manifests of a store, and the one way to make the next. Safe for concurrent use; commits take
 * turns.
 *
 * <p>A manifest is an object {@code manifest/<number>} made by create-if-absent: of two writers
 * that commit the same number one wins, and the other is told.
 */
public final class ManifestStore {
  /** Folder of the object store in which manifests lie. */
  public static final String FOLDER = "manifest";

  /** Manifests before the current one that are kept, to look at and to fall back on. */
  static final int OLD_MANIFESTS_KEPT = 8;

  private final ObjectStore store;
  private final Randomness randomness;
  private final List<BrokenManifest> broken;
  private Manifest current;
  private String currentHash;

  /** The last commit, if its outcome is not known. */
  private @Nullable Pending pending;

  /** The largest number that is taken, be its manifest valid or not. */
  private long numberTaken;

  private long deleteFailures;

  /**
   * A manifest that cannot be read.
   *
   * @param damage says where
   */
  public record BrokenManifest(ObjectName name, SkaldException damage) {}

  private record Pending(ManifestChange change, Manifest manifest, ByteBuffer bytes) {}

  private ManifestStore(
      ObjectStore store, Randomness randomness, LoadedManifest loaded, long numberTaken) {
    this.store = store;
    this.randomness = randomness;
    this.current = loaded.manifest();
    this.currentHash = loaded.hash();
    this.broken = List.copyOf(loaded.broken());
    this.numberTaken = numberTaken;
  }

  /**
   * Takes the newest manifest that can be read; {@link Manifest#EMPTY} if there is none at all.
   *
   * @throws SkaldException CORRUPT if there are manifests and none can be read
   */
  public static ManifestStore load(ObjectStore store, Randomness randomness) throws IOException {
    List<ObjectName> names =
        store.list(FOLDER).stream().filter(name -> ManifestCodec.number(name) > 0).toList();
    LoadedManifest loaded = LoadedManifest.newest(store, names);
    long numberTaken = names.stream().mapToLong(ManifestCodec::number).max().orElse(0);
    return new ManifestStore(
        store, randomness, loaded, Math.max(numberTaken, loaded.manifest().number()));
  }

  /**
   * Newer manifests that were passed over at load because they cannot be read. If there are any,
   * segments may be live that {@link #current} does not list: report it, and delete nothing that
   * looks like an orphan.
   */
  public List<BrokenManifest> broken() {
    return broken;
  }

  public synchronized Manifest current() {
    return current;
  }

  /**
   * Makes the next manifest; the change has happened, durably, when this returns.
   *
   * <p>If it throws IOException, the change may or may not have happened: call again with an equal
   * change until it returns, or stop the process and load. Until then another change is refused if
   * the first may have happened.
   *
   * @return the manifest, now current
   * @throws SkaldException BUG if rows would be lost or invented, or if the change does not fit the
   *     current manifest; UNAVAILABLE if another writer committed meanwhile
   */
  public synchronized Manifest commit(ManifestChange change) throws IOException {
    Pending attempt = pending;
    if (attempt == null || !attempt.change().equals(change)) {
      if (attempt != null) {
        requireAbsent(attempt);
        pending = null;
      }
      Manifest next = next(change);
      attempt = new Pending(change, next, ByteBuffer.wrap(ManifestCodec.encode(next)));
    }
    ObjectName name = ManifestCodec.name(attempt.manifest().number());
    pending = attempt;
    try {
      store.createIfAbsent(name, attempt.bytes());
    } catch (FileAlreadyExistsException e) {
      pending = null;
      if (!ByteBuffer.wrap(store.readAll(name)).equals(attempt.bytes())) {
        throw SkaldException.of(
            ErrorKind.UNAVAILABLE, "another writer committed " + name + "; load it first", e);
      }
    }
    pending = null;
    current = attempt.manifest();
    currentHash = ManifestCodec.hash(attempt.bytes().array());
    numberTaken = current.number();
    deleteOld();
    return current;
  }

  private void requireAbsent(Pending attempt) throws IOException {
    ObjectName name = ManifestCodec.name(attempt.manifest().number());
    try {
      store.open(name).close();
    } catch (NoSuchFileException e) {
      return;
    }
    throw new SkaldException(
        ErrorKind.UNAVAILABLE, "the last commit, %s, may have happened; repeat it first", name);
  }

  private Manifest next(ManifestChange change) {
    List<LiveSegment> segments = new ArrayList<>();
    Set<SegmentId> removed = new HashSet<>(change.removed());
    long rowsRemoved = 0;
    for (LiveSegment segment : current.segments()) {
      if (removed.remove(segment.summary().id())) {
        rowsRemoved += segment.summary().rowCount();
      } else {
        segments.add(segment);
      }
    }
    if (!removed.isEmpty()) {
      throw new SkaldException(ErrorKind.BUG, "cannot remove segments not live: %s", removed);
    }
    requireNew(change.added());
    segments.addAll(change.added());
    segments.sort(Comparator.comparingLong(LiveSegment::order));
    long rowsAdded = change.added().stream().mapToLong(s -> s.summary().rowCount()).sum();
    if (change.rowsFromWal() + rowsRemoved != rowsAdded + change.rowsDropped()) {
      throw new SkaldException(
          ErrorKind.BUG,
          "commit refused, rows do not add up: from wal %d, removed %d, added %d, dropped %d",
          change.rowsFromWal(),
          rowsRemoved,
          rowsAdded,
          change.rowsDropped());
    }
    long walFileFirst =
        change.walFileFirst() == ManifestChange.WAL_AS_IT_IS
            ? current.walFileFirst()
            : change.walFileFirst();
    if (walFileFirst < current.walFileFirst()) {
      throw new SkaldException(
          ErrorKind.BUG,
          "commit refused, wal would go back from file %d to %d",
          current.walFileFirst(),
          walFileFirst);
    }
    return new Manifest(
        numberTaken + 1,
        randomness.nextLong(),
        current.number(),
        currentHash,
        walFileFirst,
        segments);
  }

  private void requireNew(List<LiveSegment> added) {
    Set<SegmentId> live = new HashSet<>();
    current.segments().forEach(s -> live.add(s.summary().id()));
    for (LiveSegment segment : added) {
      if (!live.add(segment.summary().id())) {
        throw new SkaldException(
            ErrorKind.BUG, "cannot add segment %s twice", segment.summary().id());
      }
    }
  }

  /**
   * Old manifests are a convenience: whatever cannot be deleted now is deleted after a later
   * commit.
   */
  private void deleteOld() {
    try {
      for (ObjectName name : store.list(FOLDER)) {
        long number = ManifestCodec.number(name);
        if (number > 0 && number < current.number() - OLD_MANIFESTS_KEPT) {
          store.delete(name);
        }
      }
    } catch (IOException e) {
      // The commit itself is done and durable; to fail it now would be a lie.
      deleteFailures++;
    }
  }

  /** Times that old manifests could not be deleted. */
  public synchronized long deleteFailures() {
    return deleteFailures;
  }

  /** What was found at load. */
  record LoadedManifest(Manifest manifest, String hash, List<BrokenManifest> broken) {
    static LoadedManifest newest(ObjectStore store, List<ObjectName> names) throws IOException {
      List<BrokenManifest> broken = new ArrayList<>();
      for (ObjectName name : names.reversed()) {
        byte[] bytes = store.readAll(name);
        try {
          return new LoadedManifest(
              ManifestCodec.decode(name, bytes), ManifestCodec.hash(bytes), broken);
        } catch (SkaldException e) {
          if (e.kind() != ErrorKind.CORRUPT) {
            throw e;
          }
          broken.add(new BrokenManifest(name, e));
        }
      }
      if (!broken.isEmpty()) {
        throw Corruption.at(
            FOLDER, 0, "manifests", "one that can be read", "none of " + broken.size());
      }
      return new LoadedManifest(Manifest.EMPTY, "", broken);
    }
  }
}
