package dev.skald.storage.object;

final class MemoryObjectStoreTest extends ObjectStoreContract {
  @Override
  ObjectStore store() {
    return new MemoryObjectStore();
  }
}
