package io.registrykit.examples.standalone;

import io.registrykit.spi.store.DocumentStore;
import io.registrykit.spi.store.RegistryStore;
import io.registrykit.store.fs.FileDocuments;
import io.registrykit.store.fs.FileStore;
import io.registrykit.store.memory.MemoryDocuments;
import io.registrykit.store.memory.MemoryStore;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where {@code serve} keeps the registry. Not safe for use by several threads at once. */
final class StoreOptions {
  private static final int MEBIBYTE_SHIFT = 20;

  @ArgGroup private Place place = new Place();

  @Option(
      names = "--capacity",
      paramLabel = "MIB",
      description = "With --memory, the most to keep. Default: ${DEFAULT-VALUE} MiB.",
      defaultValue = "256")
  private int capacity;

  /** Made by picocli. */
  StoreOptions() {}

  /** One of these, or none. */
  private static final class Place {
    @Option(
        names = "--root",
        paramLabel = "DIR",
        description = "Keep everything in this folder. Default: registry-data.")
    private @Nullable Path root;

    @Option(names = "--memory", description = "Keep everything in memory; all is gone at the end.")
    private boolean memory;
  }

  /**
   * Opens the store.
   *
   * @return a store, which the caller closes
   * @throws IOException if the folder cannot be used
   */
  RegistryStore open() throws IOException {
    if (place.memory) {
      return MemoryStore.withCapacity((long) capacity << MEBIBYTE_SHIFT);
    }
    return FileStore.open(root());
  }

  private Path root() {
    Path root = place.root;
    return root == null ? Path.of("registry-data") : root;
  }

  /**
   * Opens the documents beside the store: signing keys, which outlive a restart where the store
   * does.
   *
   * @return the documents; there is nothing to close
   * @throws IOException if the folder cannot be used
   */
  DocumentStore documents() throws IOException {
    return place.memory ? new MemoryDocuments() : documentsIn(root());
  }

  /**
   * Opens the documents of a folder that {@code serve --root} uses, also while it does.
   *
   * @param root the folder
   * @return the documents; there is nothing to close
   * @throws IOException if the folder cannot be used
   */
  static DocumentStore documentsIn(Path root) throws IOException {
    return FileDocuments.open(root.resolve("documents"));
  }
}
