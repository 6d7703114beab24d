package io.registrykit.model;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * A hash function that identifies content: the two that the OCI image specification registers.
 * Immutable.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md#digests">OCI
 *     image-spec, digests</a>
 */
public enum DigestAlgorithm {
  /** SHA-256, 64 hexadecimal digits; the default everywhere. */
  SHA256("sha256", "SHA-256", 64),
  /** SHA-512, 128 hexadecimal digits. */
  SHA512("sha512", "SHA-512", 128);

  private final String id;
  private final String jcaName;
  private final int hexLength;

  DigestAlgorithm(String id, String jcaName, int hexLength) {
    this.id = id;
    this.jcaName = jcaName;
    this.hexLength = hexLength;
  }

  /**
   * Finds the algorithm with the given name on the wire.
   *
   * @param id such as {@code sha256}
   * @return the algorithm, or empty when this registry does not support it
   */
  public static Optional<DigestAlgorithm> of(String id) {
    for (DigestAlgorithm algorithm : values()) {
      if (algorithm.id.equals(id)) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }

  /**
   * The name on the wire.
   *
   * @return such as {@code sha256}
   */
  public String id() {
    return id;
  }

  /**
   * The number of hexadecimal digits in a digest of this algorithm.
   *
   * @return 64 or 128
   */
  public int hexLength() {
    return hexLength;
  }

  /**
   * Starts a new hash.
   *
   * @return a hasher that has seen no bytes
   */
  public Hasher newHasher() {
    try {
      return new Hasher(this, MessageDigest.getInstance(jcaName));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has " + jcaName, e);
    }
  }

  @Override
  public String toString() {
    return id;
  }
}
