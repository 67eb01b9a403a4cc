package dev.skald.storage.manifest;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.storage.object.ObjectName;
import dev.skald.storage.object.ObjectStore;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Reads all manifests and checks each, that each was made from the one that it names, and that copies are copies. */
public final class ManifestCheck {
  private final ObjectStore store;
  private final Consumer<String> problems;

  /** Those that can be read. */
  private final Map<Long, byte[]> manifests = new HashMap<>();

  /** Numbers of those that can be read, or whose copy can. */
  private final Set<Long> readable = new HashSet<>();

  private Manifest newest = Manifest.EMPTY;
  private int count;

  private ManifestCheck(ObjectStore store, Consumer<String> problems) {
    this.store = store;
    this.problems = problems;
  }

  /**
   * What was found.
   *
   * @param newest the newest manifest that can be read, it or its copy; empty if there is none
   * @param manifestCount all of them, broken ones too
   * @param brokenCount those that cannot be read, and have no copy that can
   */
  public record Result(Manifest newest, int manifestCount, int brokenCount) {}

  /**
   * @param problems told of each thing that is not as it must be
   * @throws IOException if the store cannot be read
   * @throws SkaldException UNSUPPORTED if a newer version wrote a manifest
   */
  public static Result run(ObjectStore store, Consumer<String> problems) throws IOException {
    return new ManifestCheck(store, problems).run();
  }

  private Result run() throws IOException {
    for (ObjectName name : store.list(ManifestStore.FOLDER)) {
      if (ManifestCodec.number(name) > 0) {
        byte[] bytes = store.readAll(name);
        count++;
        if (decode(name, bytes)) {
          manifests.put(ManifestCodec.number(name), bytes);
        }
      }
    }
    for (ObjectName name : ManifestCopies.list(store)) {
      byte[] bytes = store.readAll(name);
      byte[] manifest = manifests.get(ManifestCodec.number(name));
      if (decode(name, bytes) && manifest != null && !Arrays.equals(manifest, bytes)) {
        problems.accept(
            "%s: at byte %d: differs from its manifest"
                .formatted(name, Arrays.mismatch(manifest, bytes)));
      }
    }
    return new Result(newest, count, Math.max(0, count - readable.size()));
  }

  private boolean decode(ObjectName name, byte[] bytes) {
    Manifest manifest;
    try {
      manifest = ManifestCodec.decode(name, bytes);
    } catch (SkaldException e) {
      if (e.kind() != ErrorKind.CORRUPT) {
        throw e;
      }
      problems.accept(e.getMessage());
      return false;
    }
    if (!readable.add(manifest.number())) {
      return true; // a copy of what was looked at
    }
    byte[] previous = manifests.get(manifest.previousNumber());
    if (previous != null && !ManifestCodec.hash(previous).equals(manifest.previousHash())) {
      problems.accept(
          "%s: hash of manifest %d: expected %s, was %s"
              .formatted(
                  name,
                  manifest.previousNumber(),
                  manifest.previousHash(),
                  ManifestCodec.hash(previous)));
    }
    if (manifest.number() > newest.number()) {
      newest = manifest;
    }
    return true;
  }
}
