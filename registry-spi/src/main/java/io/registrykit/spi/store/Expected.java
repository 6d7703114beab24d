package io.registrykit.spi.store;

import io.registrykit.model.Digest;

/**
 * What a tag must be for a change to go on; absence counts as a state like any other. Immutable.
 */
public sealed interface Expected {

  /** Whatever it is. */
  record Anything() implements Expected {}

  /** Not there. */
  record Absent() implements Expected {}

  /**
   * There, and pointing to one manifest.
   *
   * @param digest the manifest
   */
  record Exactly(Digest digest) implements Expected {}

  /**
   * Whatever it is.
   *
   * @return the expectation
   */
  static Expected anything() {
    return new Anything();
  }

  /**
   * Not there.
   *
   * @return the expectation
   */
  static Expected absent() {
    return new Absent();
  }

  /**
   * There, and pointing to one manifest.
   *
   * @param digest the manifest
   * @return the expectation
   */
  static Expected exactly(Digest digest) {
    return new Exactly(digest);
  }
}
