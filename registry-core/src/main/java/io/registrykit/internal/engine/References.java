package io.registrykit.internal.engine;

import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.Tag;
import java.util.Map;

/** Reads digests and tags from paths and queries. Thread-safe. */
final class References {
  private References() {}

  /**
   * Reads a digest.
   *
   * @throws InvalidContentException ({@code DIGEST_INVALID}) if it is malformed, or of an algorithm
   *     that the registry does not have
   */
  static Digest digest(String text) {
    try {
      return Digest.parse(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidContentException(
          ErrorCode.DIGEST_INVALID,
          Digest.isWellFormed(text) ? "digest is not supported" : "digest is malformed",
          Map.of("reason", String.valueOf(e.getMessage())));
    }
  }

  /**
   * Reads the name of a hash function.
   *
   * @throws InvalidContentException ({@code DIGEST_INVALID}) if the registry does not have it
   */
  static DigestAlgorithm algorithm(String id) {
    return DigestAlgorithm.of(id)
        .orElseThrow(
            () ->
                new InvalidContentException(
                    ErrorCode.DIGEST_INVALID, "digest algorithm is not supported"));
  }

  /**
   * Reads a tag.
   *
   * @throws InvalidContentException ({@code TAG_INVALID}) if it breaks the grammar
   */
  static Tag tag(String text) {
    try {
      return new Tag(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidContentException(
          ErrorCode.TAG_INVALID, String.valueOf(e.getMessage()), Map.of());
    }
  }

  /** Whether a reference is a digest; a tag has no colon. */
  static boolean isDigest(String reference) {
    return reference.indexOf(':') >= 0;
  }
}
