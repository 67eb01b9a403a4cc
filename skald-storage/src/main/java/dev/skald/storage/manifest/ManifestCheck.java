package dev.skald.storage.manifest;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.storage.object.ObjectName;
import dev.skald.storage.object.ObjectStore;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Reads all manifests and checks each, and that each was made from the one that it names. */
public final class ManifestCheck {
  private ManifestCheck() {}

  /**
   * What was found.
   *
   * @param newest the newest manifest that can be read; empty if there is none
   * @param manifestCount all of them, broken ones too
   * @param brokenCount those that cannot be read
   */
  public record Result(Manifest newest, int manifestCount, int brokenCount) {}

  /**
   * @param problems told of each thing that is not as it must be
   * @throws IOException if the store cannot be read
   * @throws SkaldException UNSUPPORTED if a newer version wrote a manifest
   */
  public static Result run(ObjectStore store, Consumer<String> problems) throws IOException {
    Map<Long, String> hashes = new HashMap<>();
    Manifest newest = Manifest.EMPTY;
    int count = 0;
    int broken = 0;
    for (ObjectName name : store.list(ManifestStore.FOLDER)) {
      if (ManifestCodec.number(name) == 0) {
        continue;
      }
      count++;
      byte[] bytes = store.readAll(name);
      hashes.put(ManifestCodec.number(name), ManifestCodec.hash(bytes));
      try {
        newest = ManifestCodec.decode(name, bytes);
      } catch (SkaldException e) {
        if (e.kind() != ErrorKind.CORRUPT) {
          throw e;
        }
        broken++;
        problems.accept(e.getMessage());
        continue;
      }
      String previous = hashes.get(newest.previousNumber());
      if (previous != null && !previous.equals(newest.previousHash())) {
        problems.accept(
            "%s: hash of manifest %d: expected %s, was %s"
                .formatted(name, newest.previousNumber(), newest.previousHash(), previous));
      }
    }
    return new Result(newest, count, broken);
  }
}
