package io.registrykit.interop.harness;

import io.registrykit.spi.store.RegistryStore;
import io.registrykit.store.memory.MemoryStore;
import java.nio.file.Path;

/** Opens the store that the system property {@code interop.store} asks for. */
final class Stores {
  private Stores() {}

  static RegistryStore open(Path folder) {
    String kind = System.getProperty("interop.store", "memory");
    return switch (kind) {
      case "memory" -> MemoryStore.create();
      default ->
          throw new IllegalArgumentException("interop.store is neither memory nor fs: " + kind);
    };
  }
}
