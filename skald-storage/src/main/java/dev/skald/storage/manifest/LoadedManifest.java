package dev.skald.storage.manifest;

import dev.skald.bytes.Corruption;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.storage.object.ObjectName;
import dev.skald.storage.object.ObjectStore;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The newest manifest that can be read, itself or its copy.
 *
 * @param bytes of the manifest, good ones; empty if there is none
 * @param numberTaken the largest number that is taken, be its manifest good or not; 0 if there is none
 * @param mended the manifest itself if it cannot be read and its copy was taken
 * @param broken newer manifests, of which neither they nor their copies can be read
 */
@SuppressWarnings("ArrayRecordComponent")
record LoadedManifest(
    Manifest manifest,
    byte[] bytes,
    long numberTaken,
    List<BrokenManifest> mended,
    List<BrokenManifest> broken) {

  /** SHA-256 of the bytes as hexadecimal digits; empty if there is none. */
  String hash() {
    return manifest.number() == 0 ? "" : ManifestCodec.hash(bytes);
  }

  /** {@link Manifest#EMPTY} if there is none at all. */
  static LoadedManifest newest(ObjectStore store) throws IOException {
    TreeSet<Long> numbers = new TreeSet<>();
    store.list(ManifestStore.FOLDER).forEach(name -> numbers.add(ManifestCodec.number(name)));
    ManifestCopies.list(store).forEach(name -> numbers.add(ManifestCodec.number(name)));
    numbers.remove(0L); // strangers
    List<BrokenManifest> broken = new ArrayList<>();
    for (long number : numbers.descendingSet()) {
      List<BrokenManifest> damages = new ArrayList<>();
      byte[] bytes = read(store, number, damages);
      if (bytes != null) {
        Manifest manifest = ManifestCodec.decode(ManifestCodec.name(number), bytes);
        return new LoadedManifest(manifest, bytes, numbers.last(), damages, broken);
      }
      broken.addAll(damages);
    }
    if (!broken.isEmpty()) {
      throw Corruption.at(
          ManifestStore.FOLDER,
          0,
          "manifests",
          "one that can be read",
          "none of " + numbers.size());
    }
    return new LoadedManifest(Manifest.EMPTY, new byte[0], 0, List.of(), List.of());
  }

  /**
   * A manifest, read from itself or from its copy.
   *
   * @throws SkaldException CORRUPT if neither can be read
   * @throws NoSuchFileException if there is neither
   */
  static Manifest read(ObjectStore store, ObjectName name) throws IOException {
    List<BrokenManifest> damages = new ArrayList<>();
    byte[] bytes = read(store, ManifestCodec.number(name), damages);
    if (bytes == null) {
      throw SkaldException.of(ErrorKind.CORRUPT, damages.getFirst().damage());
    }
    return ManifestCodec.decode(name, bytes);
  }

  /**
   * The bytes of a manifest or of its copy that can be decoded; null if neither can.
   *
   * @param damages what cannot be read is added
   * @throws NoSuchFileException if there is neither
   */
  static byte @Nullable [] read(ObjectStore store, long number, List<BrokenManifest> damages)
      throws IOException {
    NoSuchFileException absent = null;
    boolean isThere = false;
    for (ObjectName name : List.of(ManifestCodec.name(number), ManifestCopies.name(number))) {
      try {
        byte[] bytes = store.readAll(name);
        isThere = true;
        ManifestCodec.decode(name, bytes);
        if (absent != null) {
          damages.add(BrokenManifest.missing(ManifestCodec.name(number)));
        }
        return bytes;
      } catch (NoSuchFileException e) {
        absent = e;
      } catch (SkaldException e) {
        if (e.kind() != ErrorKind.CORRUPT) {
          throw e;
        }
        damages.add(new BrokenManifest(name, e.getMessage()));
      }
    }
    if (!isThere && absent != null) {
      throw absent;
    }
    return null;
  }
}
