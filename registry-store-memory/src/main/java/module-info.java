/** A store that keeps everything on the heap: the reference for every other, and for tests. */
module io.registrykit.store.memory {
  requires transitive io.registrykit.spi;

  exports io.registrykit.store.memory;
}
