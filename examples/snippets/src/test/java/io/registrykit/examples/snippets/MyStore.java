package io.registrykit.examples.snippets;

import io.registrykit.spi.store.RegistryStore;
import io.registrykit.store.memory.MemoryStore;

/** Stands for the store that a reader writes. */
final class MyStore {
  private MyStore() {}

  static RegistryStore open() {
    return MemoryStore.create();
  }
}
