package io.registrykit.interop.harness;

import io.registrykit.spi.store.DocumentStore;
import io.registrykit.spi.store.RegistryStore;
import io.registrykit.store.fs.FileDocuments;
import io.registrykit.store.fs.FileStore;
import io.registrykit.store.memory.MemoryDocuments;
import io.registrykit.store.memory.MemoryStore;
import java.io.IOException;
import java.nio.file.Path;

/** Opens the store that the system property {@code interop.store} asks for. */
final class Stores {
  private Stores() {}

  static RegistryStore open(Path folder) throws IOException {
    return onDisk() ? FileStore.open(folder.resolve("store")) : MemoryStore.create();
  }

  /** Keeps keys where the store keeps content: in memory or in the folder. */
  static DocumentStore documents(Path folder) throws IOException {
    return onDisk() ? FileDocuments.open(folder.resolve("documents")) : new MemoryDocuments();
  }

  private static boolean onDisk() {
    String kind = System.getProperty("interop.store", "fs");
    return switch (kind) {
      case "memory" -> false;
      case "fs" -> true;
      default ->
          throw new IllegalArgumentException("interop.store is neither memory nor fs: " + kind);
    };
  }
}
