package dev.skald.storage.removal;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.storage.object.ObjectName;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.retention.DeleteRequest;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Reads all lists of delete requests and checks each. */
public final class DeleteLogCheck {
  private DeleteLogCheck() {}

  /**
   * @param problems told of each thing that is not as it must be
   * @return how many requests the newest list has; 0 if it cannot be read
   * @throws IOException if the store cannot be read
   * @throws SkaldException UNSUPPORTED if a newer version wrote a list
   */
  public static int run(ObjectStore store, Consumer<String> problems) throws IOException {
    int count = 0;
    for (ObjectName name : store.list(DeleteLogCodec.FOLDER)) {
      if (DeleteLogCodec.number(name) == 0) {
        continue;
      }
      count = 0;
      try {
        List<DeleteRequest> requests = DeleteLogCodec.decode(name, store.readAll(name));
        count = requests.size();
        Set<String> ids = new HashSet<>();
        for (DeleteRequest request : requests) {
          if (!ids.add(request.tenant().value() + "/" + request.id())) {
            problems.accept(
                "%s: request %s of tenant %s stands there twice"
                    .formatted(name, request.id(), request.tenant().value()));
          }
        }
      } catch (SkaldException e) {
        if (e.kind() != ErrorKind.CORRUPT) {
          throw e;
        }
        problems.accept(e.getMessage());
      }
    }
    return count;
  }
}
