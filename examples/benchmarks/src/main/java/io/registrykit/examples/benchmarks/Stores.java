package io.registrykit.examples.benchmarks;

import io.registrykit.spi.store.RegistryStore;
import io.registrykit.store.fs.FileStore;
import io.registrykit.store.memory.MemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Opens the stores that benchmarks run on. Thread-safe. */
final class Stores {
  private Stores() {}

  /** A store, and the folder that it lies in if it does. */
  record Opened(RegistryStore store, @Nullable Path folder) {

    /** Closes the store and deletes the folder. */
    void close() throws IOException {
      store.close();
      if (folder == null) {
        return;
      }
      List<Path> deepestFirst;
      try (Stream<Path> all = Files.walk(folder)) {
        deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    }
  }

  static Opened open(String kind) throws IOException {
    return switch (kind) {
      case "memory" -> new Opened(MemoryStore.create(), null);
      case "fs" -> {
        Path folder = Files.createTempDirectory("registrykit-benchmark");
        yield new Opened(FileStore.open(folder), folder);
      }
      default -> throw new IllegalArgumentException("no store of the kind " + kind);
    };
  }
}
