package dev.skald.storage.object;

final class MemoryObjectStoreTest extends ObjectStoreContract {
  @Override
  protected ObjectStore store() {
    return new MemoryObjectStore();
  }
}
