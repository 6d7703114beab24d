package io.registrykit.model;

import org.jspecify.annotations.Nullable;

/**
 * The identity of content: an algorithm and the hash of the bytes in lower-case hexadecimal.
 * Immutable; ordered by the form on the wire.
 *
 * @param algorithm the hash function
 * @param hex the hash, exactly {@link DigestAlgorithm#hexLength()} lower-case hexadecimal digits
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md#digests">OCI
 *     image-spec, digests</a>
 */
public record Digest(DigestAlgorithm algorithm, String hex)
    implements Reference, Comparable<Digest> {

  /**
   * Checks the hash.
   *
   * @throws IllegalArgumentException if it does not fit the algorithm
   */
  public Digest {
    if (hex.length() != algorithm.hexLength()) {
      throw new IllegalArgumentException(
          algorithm.id() + " digest needs " + algorithm.hexLength() + " hexadecimal digits");
    }
    for (int i = 0; i < hex.length(); i++) {
      char c = hex.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        throw new IllegalArgumentException("digest has a character outside 0-9 and a-f");
      }
    }
  }

  /**
   * Reads {@code algorithm:hex}.
   *
   * @param text such as {@code sha256:} and 64 digits
   * @return the digest
   * @throws IllegalArgumentException if the text is malformed or its algorithm is not one of {@link
   *     DigestAlgorithm}; {@link #isWellFormed} tells the two apart
   */
  public static Digest parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("digest has no algorithm");
    }
    DigestAlgorithm algorithm =
        DigestAlgorithm.of(text.substring(0, colon))
            .orElseThrow(() -> new IllegalArgumentException("digest algorithm is not supported"));
    return new Digest(algorithm, text.substring(colon + 1));
  }

  /**
   * Hashes content that is in memory.
   *
   * @param algorithm the hash function
   * @param content the bytes
   * @return their digest
   */
  public static Digest of(DigestAlgorithm algorithm, byte[] content) {
    Hasher hasher = algorithm.newHasher();
    hasher.update(content, 0, content.length);
    return hasher.digest();
  }

  /**
   * Whether a text has the shape of a digest, of whatever algorithm: the grammar of the OCI image
   * specification, at most 255 characters.
   *
   * @param text any text
   * @return true for {@code sha256:…} as for {@code blake3+b64:…}
   */
  public static boolean isWellFormed(String text) {
    int colon = text.indexOf(':');
    if (colon <= 0 || colon == text.length() - 1 || text.length() > 255) {
      return false;
    }
    boolean separatorBefore = true;
    for (int i = 0; i < colon; i++) {
      char c = text.charAt(i);
      boolean separator = c == '+' || c == '.' || c == '_' || c == '-';
      if (separator ? separatorBefore : !isLowerAlphanumeric(c)) {
        return false;
      }
      separatorBefore = separator;
    }
    if (separatorBefore) {
      return false;
    }
    for (int i = colon + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isLowerAlphanumeric(c) && (c < 'A' || c > 'Z') && c != '=' && c != '_' && c != '-') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLowerAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  /**
   * By hand, like {@link #hashCode}: a server that starts would pay for linking the generated one.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Digest that && algorithm == that.algorithm && hex.equals(that.hex);
  }

  @Override
  public int hashCode() {
    return hex.hashCode();
  }

  @Override
  public int compareTo(Digest other) {
    int byAlgorithm = algorithm.compareTo(other.algorithm);
    return byAlgorithm != 0 ? byAlgorithm : hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return algorithm.id() + ":" + hex;
  }
}
