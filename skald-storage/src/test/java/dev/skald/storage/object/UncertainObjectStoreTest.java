package dev.skald.storage.object;

import java.util.Random;

/** A store that is only slow keeps the contract. */
final class UncertainObjectStoreTest extends ObjectStoreContract {
  @Override
  protected ObjectStore store() {
    return new UncertainObjectStore(new MemoryObjectStore(), new Random(1), 0);
  }
}
