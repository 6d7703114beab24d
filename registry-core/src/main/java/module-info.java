/** The rules of a registry and its protocol engine. */
module io.registrykit.core {
  requires transitive io.registrykit.spi;
  requires static org.jspecify;

  exports io.registrykit;
  exports io.registrykit.api;
}
