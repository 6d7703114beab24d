package io.registrykit.spi.store;

import io.registrykit.model.DigestAlgorithm;
import java.time.Instant;

/**
 * What is known when an upload starts. Immutable.
 *
 * @param algorithm the hash that the final digest will most likely have; another costs a second
 *     read
 * @param owner whose upload this is, in the words of the engine; the store keeps it and never looks
 *     into it; at most {@value #MAX_OWNER_LENGTH} characters
 * @param startedAt when the upload starts
 */
public record UploadSpec(DigestAlgorithm algorithm, String owner, Instant startedAt) {

  /** The longest owner, in characters. */
  public static final int MAX_OWNER_LENGTH = 1024;

  /**
   * Checks the owner.
   *
   * @throws IllegalArgumentException if it is too long
   */
  public UploadSpec {
    if (owner.length() > MAX_OWNER_LENGTH) {
      throw new IllegalArgumentException("owner is longer than " + MAX_OWNER_LENGTH);
    }
  }
}
