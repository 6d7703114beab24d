package io.registrykit.examples.benchmarks;

import io.registrykit.spi.store.RegistryStore;
import io.registrykit.store.memory.MemoryStore;
import java.io.IOException;

/** Opens the stores that benchmarks run on. Thread-safe. */
final class Stores {
  private Stores() {}

  static RegistryStore open(String kind) throws IOException {
    return switch (kind) {
      case "memory" -> MemoryStore.create();
      default -> throw new IllegalArgumentException("no store of the kind " + kind);
    };
  }

  static void close(RegistryStore store) throws IOException {
    store.close();
  }
}
