package dev.skald.storage.manifest;

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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The manifests of a store, and the one way to make the next. Safe for concurrent use; commits take
 * turns.
 *
 * <p>A manifest is an object {@code manifest/<number>} made by create-if-absent: of two writers
 * that commit the same number one wins, and the other is told. Each manifest holds the hash of the one
 * that it was made from, so they are a chain; a writer that slept so long that its number was taken
 * and deleted again finds that the chain went on without it. The newest ones have copies, see {@link ManifestCopies}.
 */
public final class ManifestStore {
  /** Folder of the object store in which manifests lie. */
  public static final String FOLDER = "manifest";

  /** Manifests before the current one that are kept, to look at. */
  static final int OLD_MANIFESTS_KEPT = 8;

  /** Of so many abandoned commits it is known that they were ours. */
  private static final int ABANDONED_MAX = 32;

  private final ObjectStore store;
  private final Randomness randomness;
  private final long writer;
  private final List<BrokenManifest> mended;
  private final List<BrokenManifest> broken;
  private Manifest current;
  private String currentHash;

  /** The last commit, if its outcome is not known. */
  private @Nullable Pending pending;

  /**
   * Commits of the next number that had not happened when another took their place, the newest last;
   * each may be on its way still.
   */
  private final Deque<Pending> abandoned = new ArrayDeque<>();

  /** An abandoned commit that happened after all, and its caller does not know yet. */
  private @Nullable Step settled;

  /** The largest number that is taken, be its manifest valid or not. */
  private long numberTaken;

  /** Another writer's manifest was found, and is not loaded. */
  private boolean isOvertaken;

  private long deleteFailures;
  private long copyFailures;

  /** What makes the next manifest of the current one. */
  private record Step(ManifestChange change, long boundaryEpochSeconds) {}

  private record Pending(Step step, Manifest manifest, ByteBuffer bytes) {
    ObjectName name() {
      return ManifestCodec.name(manifest.number());
    }
  }

  private ManifestStore(
      ObjectStore store, Randomness randomness, long writer, LoadedManifest loaded) {
    this.store = store;
    this.randomness = randomness;
    this.writer = writer;
    this.current = loaded.manifest();
    this.currentHash = loaded.hash();
    this.mended = List.copyOf(loaded.mended());
    this.broken = List.copyOf(loaded.broken());
    this.numberTaken = loaded.numberTaken();
  }

  /** The manifests of a store whose WAL is in the same folder, so that there is no other writer. */
  public static ManifestStore load(ObjectStore store, Randomness randomness) throws IOException {
    return load(store, randomness, 0);
  }

  /**
   * Takes the newest manifest that can be read, it or its copy; {@link Manifest#EMPTY} if there is none at all.
   *
   * @param writer see {@link Manifest#writer}
   * @throws SkaldException CORRUPT if there are manifests and none can be read
   */
  public static ManifestStore load(ObjectStore store, Randomness randomness, long writer)
      throws IOException {
    LoadedManifest loaded = LoadedManifest.newest(store);
    ManifestStore manifests = new ManifestStore(store, randomness, writer, loaded);
    manifests.mend(loaded);
    return manifests;
  }

  /** Two good objects hold what there is now. */
  private void mend(LoadedManifest loaded) {
    if (loaded.manifest().number() > 0 && loaded.mended().isEmpty()) {
      try {
        ManifestCopies.mend(store, loaded.manifest().number(), loaded.bytes());
      } catch (IOException e) {
        copyFailures++; // the next commit makes a copy of its own
      }
    }
  }

  /** What cannot be read of the newest manifest; its copy was taken. Report it, and commit something soon. */
  public List<BrokenManifest> mended() {
    return mended;
  }

  /**
   * Newer manifests that were passed over at load because they and their copies cannot be read. If there are any,
   * segments may be live that {@link #current} does not list: report it, and delete nothing that
   * looks like an orphan.
   */
  public List<BrokenManifest> broken() {
    return broken;
  }

  public synchronized Manifest current() {
    return current;
  }

  /** Whether a commit failed because another writer committed, and {@link #catchUp} is due. */
  public synchronized boolean isOvertaken() {
    return isOvertaken;
  }

  /** Says that {@link #catchUp} is due. */
  public synchronized void fallBehind() {
    isOvertaken = true;
  }

  /**
   * Takes a newer manifest of another writer, if there is one, as the current one. Commits that were refused because of it
   * are forgotten; one whose outcome is not known is to be repeated first.
   *
   * @return whether the current manifest is another one now, or {@link #fallBehind} was called
   * @throws SkaldException CORRUPT if the newest one cannot be read
   */
  public synchronized boolean catchUp() throws IOException {
    if (pending != null) {
      return false;
    }
    LoadedManifest loaded = LoadedManifest.newest(store);
    if (!loaded.broken().isEmpty()) {
      throw SkaldException.of(ErrorKind.CORRUPT, loaded.broken().getFirst().damage());
    }
    boolean isNewer = loaded.manifest().number() > current.number();
    if (isNewer) {
      current = loaded.manifest();
      currentHash = loaded.hash();
      numberTaken = loaded.numberTaken();
      abandoned.clear(); // their number is taken
    }
    boolean isChanged = isNewer || isOvertaken;
    isOvertaken = false;
    return isChanged;
  }

  /** Whether all that a change removes is live. */
  public synchronized boolean fits(ManifestChange change) {
    Set<SegmentId> live = new HashSet<>();
    current.segments().forEach(segment -> live.add(segment.summary().id()));
    return live.containsAll(change.removed());
  }

  /**
   * The first file of this writer's WAL that is still needed: 0, all of them, if somebody else made
   * the current manifest, who knows nothing of this WAL.
   */
  public synchronized long walFileFirst() {
    return current.writer() == writer ? current.walFileFirst() : 0;
  }

  /**
   * Whether a commit of this change would be refused because its segments are too old. False for one
   * that has happened, or may have.
   */
  public synchronized boolean isTooOld(ManifestChange change) {
    boolean isPending = pending != null && pending.step().change().equals(change);
    boolean hasHappened = settled != null && settled.change().equals(change);
    return !isPending && !hasHappened && tooOld(change) != null;
  }

  private @Nullable SegmentId tooOld(ManifestChange change) {
    for (LiveSegment segment : change.added()) {
      if (segment.summary().id().epochSeconds() < current.boundaryEpochSeconds()) {
        return segment.summary().id();
      }
    }
    return null;
  }

  /**
   * Makes the next manifest; the change has happened, durably, when this returns.
   *
   * <p>If it throws IOException, the change may or may not have happened: call again with an equal
   * change until it returns, or stop the process and load. If another change comes before that, and
   * the first has happened, it is refused once.
   *
   * <p>A change that takes no rows from the WAL leaves the WAL's beginning and writer as they are.
   *
   * @return the manifest, now current
   * @throws SkaldException BUG if rows would be lost or invented, or if the change does not fit the
   *     current manifest; UNAVAILABLE if another writer committed meanwhile, if {@link #current} was
   *     changed by an earlier commit that happened late, or if an added segment is older than the
   *     boundary of clean-up: write it again under a fresh id
   */
  public synchronized Manifest commit(ManifestChange change) throws IOException {
    return commit(new Step(change, current.boundaryEpochSeconds()));
  }

  /**
   * Makes a manifest that differs in its boundary alone; nothing if the boundary is there already.
   * See {@link Manifest#boundaryEpochSeconds} and {@link SegmentSweep}.
   */
  synchronized Manifest raiseBoundary(long epochSeconds) throws IOException {
    while (current.boundaryEpochSeconds() < epochSeconds) { // twice if an earlier one was pending
      ManifestChange nothing = new ManifestChange(List.of(), List.of(), walFileFirst(), 0, 0);
      commit(new Step(nothing, epochSeconds));
    }
    return current;
  }

  private Manifest commit(Step step) throws IOException {
    if (settled != null && settled.change().equals(step.change())) {
      settled = null;
      return current;
    }
    Pending attempt = pending;
    if (attempt == null || !attempt.step().change().equals(step.change())) {
      if (attempt != null) {
        requireAbsent(attempt);
        abandoned.addLast(attempt);
        if (abandoned.size() > ABANDONED_MAX) {
          abandoned.removeFirst();
        }
        pending = null;
      }
      Manifest next = next(step);
      attempt = new Pending(step, next, ByteBuffer.wrap(ManifestCodec.encode(next)));
    }
    pending = attempt;
    try {
      store.createIfAbsent(attempt.name(), attempt.bytes());
    } catch (FileAlreadyExistsException e) {
      requireOurs(attempt);
    }
    List<ObjectName> names = store.list(FOLDER);
    requireInChain(attempt, names);
    pending = null;
    take(attempt);
    deleteOld(names);
    copy(attempt);
    return current;
  }

  private void take(Pending happened) {
    current = happened.manifest();
    currentHash = ManifestCodec.hash(happened.bytes().array());
    numberTaken = current.number();
    abandoned.clear();
  }

  /** The name is taken: returns if it was by this attempt, whose answer was lost. */
  private void requireOurs(Pending attempt) throws IOException {
    ByteBuffer there = ByteBuffer.wrap(store.readAll(attempt.name()));
    if (there.equals(attempt.bytes())) {
      return;
    }
    pending = null;
    for (Pending earlier : abandoned) {
      if (there.equals(earlier.bytes())) {
        throw happenedLate(earlier);
      }
    }
    throw rival(attempt);
  }

  /**
   * A writer that slept may make a manifest whose number was taken and deleted again. Then there are
   * newer ones, and the one after it was not made from it. If that one is gone too, nobody can tell.
   */
  private void requireInChain(Pending attempt, List<ObjectName> names) throws IOException {
    long number = attempt.manifest().number();
    ObjectName next = null;
    for (ObjectName name : names.reversed()) {
      if (ManifestCodec.number(name) > number) {
        next = name;
      }
    }
    if (next == null) {
      return;
    }
    boolean isMadeFromIt = false;
    try {
      Manifest later = ManifestCodec.decode(next, store.readAll(next));
      isMadeFromIt = later.previousHash().equals(ManifestCodec.hash(attempt.bytes().array()));
    } catch (NoSuchFileException e) {
      // old, and deleted just now: nobody can tell
    }
    if (!isMadeFromIt) {
      pending = null;
      throw rival(attempt);
    }
  }

  /** The last commit's outcome is not known, and another one is wanted. */
  private void requireAbsent(Pending attempt) throws IOException {
    ByteBuffer there;
    try {
      there = ByteBuffer.wrap(store.readAll(attempt.name()));
    } catch (NoSuchFileException e) {
      return;
    }
    pending = null;
    throw there.equals(attempt.bytes()) ? happenedLate(attempt) : rival(attempt);
  }

  /** Takes a commit that has happened, though its caller does not know and another asks now. */
  private SkaldException happenedLate(Pending earlier) {
    take(earlier);
    settled = earlier.step();
    return new SkaldException(
        ErrorKind.UNAVAILABLE,
        "an earlier commit, %s, has happened; look at it and repeat this one",
        earlier.name());
  }

  private SkaldException rival(Pending attempt) {
    isOvertaken = true;
    return new SkaldException(
        ErrorKind.UNAVAILABLE, "another writer committed %s; load it first", attempt.name());
  }

  private Manifest next(Step step) {
    ManifestChange change = step.change();
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
            ? walFileFirst()
            : change.walFileFirst();
    if (walFileFirst < walFileFirst()) {
      throw new SkaldException(
          ErrorKind.BUG,
          "commit refused, wal would go back from file %d to %d",
          walFileFirst(),
          walFileFirst);
    }
    SegmentId tooOld = tooOld(change);
    if (tooOld != null) {
      throw new SkaldException(
          ErrorKind.UNAVAILABLE,
          "segment %s is older than the boundary of clean-up, second %d, so it may be deleted already:"
              + " write it again; if that does not help, a clock is wrong",
          tooOld,
          current.boundaryEpochSeconds());
    }
    boolean isOfThisWal = change.rowsFromWal() > 0 || current.writer() == writer;
    return new Manifest(
        numberTaken + 1,
        randomness.nextLong(),
        current.number(),
        currentHash,
        isOfThisWal ? writer : current.writer(),
        Math.max(current.boundaryEpochSeconds(), step.boundaryEpochSeconds()),
        isOfThisWal ? walFileFirst : current.walFileFirst(),
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
  private void deleteOld(List<ObjectName> names) {
    try {
      for (ObjectName name : names) {
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

  /** Durable twice: then a rotten bit costs nothing. If it cannot be, the commit is done all the same. */
  private void copy(Pending happened) {
    try {
      ManifestCopies.put(store, happened.manifest().number(), happened.bytes().array());
    } catch (IOException e) {
      copyFailures++;
    }
  }

  /** Times that the copy of a manifest could not be made. */
  public synchronized long copyFailures() {
    return copyFailures;
  }

  /** Times that old manifests could not be deleted. */
  public synchronized long deleteFailures() {
    return deleteFailures;
  }
}
