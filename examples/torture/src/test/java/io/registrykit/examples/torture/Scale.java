package io.registrykit.examples.torture;

/** How much the tests do: more on the build server than on a desk. Immutable. */
final class Scale {
  private static final boolean LONG = Boolean.getBoolean("registrykit.long");

  private Scale() {}

  /** How often a server is killed. */
  static int kills() {
    return LONG ? 20 : 4;
  }

  /** How long people push against the collector, in seconds. */
  static int collectSeconds() {
    return LONG ? 20 : 5;
  }

  /** Whether there is time for what takes minutes. */
  static boolean isLong() {
    return LONG;
  }
}
