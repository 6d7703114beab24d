/** The rules of a registry and its protocol engine. */
@SuppressWarnings("module") // The client is built later, and not known yet.
module io.registrykit.core {
  requires transitive io.registrykit.spi;
  requires static org.jspecify;
  requires com.fasterxml.jackson.core;
  requires com.github.benmanes.caffeine;
  requires com.nimbusds.jose.jwt;
  requires spring.security.crypto;

  exports io.registrykit.internal.json to
      io.registrykit.client;
  exports io.registrykit;
  exports io.registrykit.api;
  exports io.registrykit.auth;
  exports io.registrykit.maintenance;
  exports io.registrykit.manifest;
}
