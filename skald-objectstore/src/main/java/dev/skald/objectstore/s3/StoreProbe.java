package dev.skald.objectstore.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.random.Randomness;
import dev.skald.storage.object.ObjectName;
import dev.skald.storage.object.ObjectReader;
import dev.skald.storage.object.ObjectStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

/**
 * Tries at start, with an object of its own, everything that a store is relied on for. A store that
 * lets a name be taken twice would let two writers overwrite each other's manifests unnoticed: it is
 * refused.
 */
public final class StoreProbe {
  /** Folder of the objects that are tried with. */
  public static final String FOLDER = "probe";

  private static final String CONTENT = "written by skald to try this store";

  private final ObjectStore store;
  private final ObjectName name;
  private final String place;

  private StoreProbe(ObjectStore store, ObjectName name, String place) {
    this.store = store;
    this.name = name;
    this.place = place;
  }

  /** What is tried; throws what went wrong. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  /**
   * @param place endpoint and bucket, for the message
   * @throws SkaldException UNAVAILABLE if the store cannot be reached or refuses; UNSUPPORTED if it
   *     does not do what it must. The message says which step failed
   */
  public static void run(ObjectStore store, Randomness randomness, String place) {
    ObjectName name = new ObjectName(FOLDER, String.format("%016x", randomness.nextLong()));
    new StoreProbe(store, name, place).run();
  }

  private void run() {
    tryTo("write", () -> store.createIfAbsent(name, bytes(CONTENT)));
    boolean done = false;
    try {
      tryTo("refuse to overwrite", this::overwrite);
      tryTo("read", this::read);
      tryTo("list", this::list);
      done = true;
    } finally {
      if (!done) {
        deleteQuietly();
      }
    }
    tryTo("delete", this::delete);
  }

  private void tryTo(String what, Step step) {
    try {
      step.run();
    } catch (IOException e) {
      throw SkaldException.of(
          ErrorKind.UNAVAILABLE,
          "object store %s: cannot %s: %s".formatted(place, what, e.getMessage()),
          e);
    }
  }

  private SkaldException refuse(String what) {
    return new SkaldException(ErrorKind.UNSUPPORTED, "object store %s: %s", place, what);
  }

  private void overwrite() throws IOException {
    try {
      store.createIfAbsent(name, bytes("other"));
    } catch (FileAlreadyExistsException e) {
      return; // as it must be
    }
    throw refuse(
        "it overwrote an object in spite of If-None-Match: *; without conditional writes two"
            + " writers would lose each other's data");
  }

  private void read() throws IOException {
    String whole = new String(store.readAll(name), UTF_8);
    byte[] range = new byte[5];
    try (ObjectReader reader = store.open(name)) {
      reader.read(11, ByteBuffer.wrap(range));
    }
    String part = new String(range, UTF_8);
    if (!whole.equals(CONTENT) || !part.equals(CONTENT.substring(11, 16))) {
      throw refuse("wrote \"%s\", read \"%s\" and \"%s\"".formatted(CONTENT, whole, part));
    }
  }

  private void list() throws IOException {
    if (!store.list(FOLDER).contains(name)) {
      throw refuse("an object just written is not listed");
    }
  }

  private void delete() throws IOException {
    store.delete(name);
    try {
      store.open(name).close();
    } catch (NoSuchFileException e) {
      return;
    }
    throw refuse("an object just deleted is still there");
  }

  private void deleteQuietly() {
    try {
      store.delete(name);
    } catch (IOException e) {
      // The failure before this one is the one to tell; a probe left behind is in nobody's way.
    }
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
