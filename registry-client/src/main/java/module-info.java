/** A client for registries: pushes, pulls, copies and inspects images and artifacts. */
module io.registrykit.client {
  requires transitive io.registrykit.core;
  requires static org.jspecify;
  requires jzlib;
  requires org.apache.commons.compress;
  requires org.apache.httpcomponents.client5.httpclient5;
  requires org.apache.httpcomponents.core5.httpcore5;

  exports io.registrykit.client;
  exports io.registrykit.client.credentials;
  exports io.registrykit.client.image;
  exports io.registrykit.client.layout;
}
