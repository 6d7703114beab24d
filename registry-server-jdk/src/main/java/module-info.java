/** Serves a registry over HTTP with the server that comes with the JDK. */
module io.registrykit.server.jdk {
  requires transitive io.registrykit.core;
  requires java.net.http;
  requires jdk.httpserver;
  requires static org.jspecify;

  exports io.registrykit.server.jdk;
}
