package io.registrykit.model;

/**
 * What names a manifest inside a repository: a {@link Tag} or a {@link Digest}. Immutable.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-manifests">OCI
 *     distribution-spec, pulling manifests</a>
 */
public sealed interface Reference permits Tag, Digest {

  /**
   * Reads a reference: a text with a colon is a digest, any other a tag. A tag such as {@code
   * sha256-1234.sig} is a tag like every other.
   *
   * @param text the reference as it stands in a path
   * @return the tag or digest
   * @throws IllegalArgumentException if the text is neither
   */
  static Reference parse(String text) {
    return text.indexOf(':') >= 0 ? Digest.parse(text) : new Tag(text);
  }
}
