package io.registrykit.examples.standalone;

import io.registrykit.spi.store.RegistryStore;
import io.registrykit.store.memory.MemoryStore;
import picocli.CommandLine.Option;

/** Where a command keeps or finds the registry. Not safe for use by several threads at once. */
final class StoreOptions {
  @Option(names = "--memory", description = "Keep everything in memory; all is gone at the end.")
  @SuppressWarnings("UnusedVariable") // the only kind so far
  private boolean memory;

  /** Made by picocli. */
  StoreOptions() {}

  /**
   * Opens the store.
   *
   * @return a store, which the caller closes
   */
  RegistryStore open() {
    return MemoryStore.create();
  }
}
