/** A tour of a registry in one program. */
module io.registrykit.examples.quickstart {
  requires io.registrykit.core;
  requires io.registrykit.server.jdk;
  requires io.registrykit.store.memory;
  requires java.net.http;
  requires org.apache.commons.compress;
  requires static org.jspecify;
}
