/** A store that keeps everything in a folder and survives crashes. */
module io.registrykit.store.fs {
  requires transitive io.registrykit.spi;
  requires com.github.benmanes.caffeine;
  requires static org.jspecify;

  exports io.registrykit.store.fs;
}
