package io.registrykit.server.jdk;

/**
 * The two settings of the JDK's server that it takes from system properties alone, once, when its
 * first class is loaded. A value that is set already is left alone.
 */
final class JvmSettings {
  private static final String NO_DELAY = "sun.net.httpserver.nodelay";
  private static final String MAX_IDLE = "sun.net.httpserver.maxIdleConnections";

  private JvmSettings() {}

  static void apply() {
    // Without it each response on a kept connection takes 40 ms on Java 17.
    setIfUnset(NO_DELAY, "true");
    // Beyond it, 200 by default, connections are closed after each response and clients see resets.
    setIfUnset(MAX_IDLE, "1024");
  }

  private static void setIfUnset(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }
}
