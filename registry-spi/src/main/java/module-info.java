/**
 * The vocabulary of a container registry and the ports that a store, a sign-in or an event sink
 * implements.
 */
module io.registrykit.spi {
  requires static transitive org.jspecify;

  exports io.registrykit.error;
  exports io.registrykit.model;
  exports io.registrykit.spi.auth;
  exports io.registrykit.spi.event;
  exports io.registrykit.spi.store;
}
