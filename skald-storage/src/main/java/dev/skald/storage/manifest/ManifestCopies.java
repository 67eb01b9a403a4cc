package dev.skald.storage.manifest;

import dev.skald.storage.object.ObjectName;
import dev.skald.storage.object.ObjectStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;

/**
 * A second object with the bytes of each of the newest manifests, made when the manifest is part of the chain. What the
 * newest one lists no older one does, so a bit that rots in it would cost all that was flushed since; and what it no
 * longer lists is deleted, so an older one is no way back.
 */
final class ManifestCopies {
  /** Folder of the object store in which copies lie, under the manifests' names. */
  static final String FOLDER = "manifest-copy";

  /** Copies that are kept: of the current manifest and of the one before, which counts if the current one is undone. */
  static final int KEPT = 2;

  private ManifestCopies() {}

  static ObjectName name(long number) {
    return new ObjectName(FOLDER, ManifestCodec.name(number).name());
  }

  static List<ObjectName> list(ObjectStore store) throws IOException {
    return store.list(FOLDER).stream().filter(name -> ManifestCodec.number(name) > 0).toList();
  }

  /** Makes the copy of the current manifest and deletes those that are too old. */
  static void put(ObjectStore store, long number, byte[] manifest) throws IOException {
    try {
      store.createIfAbsent(name(number), ByteBuffer.wrap(manifest));
    } catch (FileAlreadyExistsException e) {
      // there already
    }
    for (ObjectName name : list(store)) {
      if (ManifestCodec.number(name) <= number - KEPT) {
        store.delete(name);
      }
    }
  }

  /** Makes the copy of a manifest that was read and is good, if it is missing or differs. */
  static void mend(ObjectStore store, long number, byte[] manifest) throws IOException {
    try {
      if (Arrays.equals(store.readAll(name(number)), manifest)) {
        return;
      }
      store.delete(name(number));
    } catch (NoSuchFileException e) {
      // made before there were copies, or just before a crash
    }
    put(store, number, manifest);
  }
}
