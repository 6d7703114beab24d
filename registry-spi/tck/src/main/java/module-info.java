/** The tests that every store passes, for those who write one. */
module io.registrykit.spi.tck {
  requires static transitive org.jspecify;
  requires transitive io.registrykit.spi;
  requires transitive java.net.http;
  requires transitive org.junit.jupiter.api;

  exports io.registrykit.spi.tck;
  exports io.registrykit.spi.tck.http;

  opens io.registrykit.spi.tck;
  opens io.registrykit.spi.tck.http;
}
