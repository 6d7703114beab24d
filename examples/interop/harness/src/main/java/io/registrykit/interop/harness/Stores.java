package io.registrykit.interop.harness;

import io.registrykit.spi.store.RegistryStore;
import io.registrykit.store.fs.FileStore;
import io.registrykit.store.memory.MemoryStore;
import java.io.IOException;
import java.nio.file.Path;

/** Opens the store that the system property {@code interop.store} asks for. */
final class Stores {
  private Stores() {}

  static RegistryStore open(Path folder) throws IOException {
    String kind = System.getProperty("interop.store", "memory");
    return switch (kind) {
      case "memory" -> MemoryStore.create();
      case "fs" -> FileStore.open(folder.resolve("store"));
      default ->
          throw new IllegalArgumentException("interop.store is neither memory nor fs: " + kind);
    };
  }
}
