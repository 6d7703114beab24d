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

  /** How long a crowd is slow: when it is long, all slow clients are cut off once. */
  static int slowSeconds() {
    return LONG ? 45 : 15;
  }

  /** How many clients are slow. */
  static int slowClients() {
    return LONG ? 1000 : 200;
  }

  /** How many manifests are about one. */
  static int referrers() {
    return LONG ? 10_000 : 1000;
  }

  /** Whether there is time for what takes minutes. */
  static boolean isLong() {
    return LONG;
  }
}
