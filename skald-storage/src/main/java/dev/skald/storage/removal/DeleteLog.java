package dev.skald.storage.removal;

import dev.skald.bytes.Corruption;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.random.Randomness;
import dev.skald.storage.object.ObjectName;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.retention.DeleteRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All delete requests, durably: each change writes the whole list as an object {@code
 * delete/<number>}, made by create-if-absent as manifests are. Guarded by its owner.
 */
final class DeleteLog {
  private static final Logger LOG = LoggerFactory.getLogger(DeleteLog.class);

  /** Lists before the current one that are kept. */
  private static final int OLD_KEPT = 2;

  private final ObjectStore store;
  private final Randomness randomness;
  private List<DeleteRequest> requests;

  /** The largest number that is or may be taken. */
  private long numberTaken;

  private DeleteLog(
      ObjectStore store, Randomness randomness, List<DeleteRequest> requests, long numberTaken) {
    this.store = store;
    this.randomness = randomness;
    this.requests = List.copyOf(requests);
    this.numberTaken = numberTaken;
  }

  /**
   * Takes the newest list. One that cannot be read is an error: an older one would show again what
   * somebody wanted gone.
   *
   * @throws SkaldException CORRUPT, or UNSUPPORTED if a newer program wrote it
   */
  static DeleteLog load(ObjectStore store, Randomness randomness) throws IOException {
    ObjectName newest = null;
    for (ObjectName name : store.list(DeleteLogCodec.FOLDER)) {
      newest = DeleteLogCodec.number(name) > 0 ? name : newest;
    }
    if (newest == null) {
      return new DeleteLog(store, randomness, List.of(), 0);
    }
    List<DeleteRequest> requests = DeleteLogCodec.decode(newest, store.readAll(newest));
    return new DeleteLog(store, randomness, requests, DeleteLogCodec.number(newest));
  }

  /** The newest list, read anew. */
  DeleteLog again() throws IOException {
    return load(store, randomness);
  }

  /** Takes another's list if it is newer; whether it is. */
  boolean take(DeleteLog newer) {
    boolean isNewer = newer.numberTaken > numberTaken;
    if (isNewer) {
      requests = newer.requests;
      numberTaken = newer.numberTaken;
    }
    return isNewer;
  }

  /** In order of creation. */
  List<DeleteRequest> requests() {
    return requests;
  }

  /**
   * Replaces the list; it has happened, durably, when this returns.
   *
   * @throws IOException if it may or may not have happened; the next replacement settles it
   * @throws SkaldException UNAVAILABLE if another writer was faster; its list is taken
   */
  void replace(List<DeleteRequest> next) throws IOException {
    long number = ++numberTaken;
    ObjectName name = DeleteLogCodec.name(number);
    byte[] bytes = DeleteLogCodec.encode(number, randomness.nextLong(), next);
    List<DeleteRequest> back = DeleteLogCodec.decode(name, bytes);
    if (!back.equals(next)) {
      throw Corruption.at(name.path(), 0, "list of delete requests", next, back);
    }
    try {
      store.createIfAbsent(name, ByteBuffer.wrap(bytes));
    } catch (FileAlreadyExistsException e) {
      DeleteLog theirs = load(store, randomness); // to go on with ours would undo what they did
      requests = theirs.requests;
      numberTaken = theirs.numberTaken;
      throw SkaldException.of(
          ErrorKind.UNAVAILABLE,
          "another server has changed the delete requests in " + name + ": look and try again",
          e);
    }
    requests = List.copyOf(next);
    deleteOld();
  }

  private void deleteOld() {
    try {
      for (ObjectName name : store.list(DeleteLogCodec.FOLDER)) {
        long number = DeleteLogCodec.number(name);
        if (number > 0 && number < numberTaken - OLD_KEPT) {
          store.delete(name);
        }
      }
    } catch (IOException e) {
      LOG.debug("old lists of delete requests stay for now", e); // the list itself is durable
    }
  }
}
