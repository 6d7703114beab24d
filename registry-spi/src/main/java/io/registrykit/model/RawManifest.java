package io.registrykit.model;

/**
 * A manifest exactly as it arrived, byte for byte. Immutable.
 *
 * @param mediaType the type that it was pushed with
 * @param digest the hash of the content
 * @param content the bytes, never serialised anew
 */
public record RawManifest(MediaType mediaType, Digest digest, Bytes content) {

  /**
   * Checks that digest and content belong together.
   *
   * @throws IllegalArgumentException if the content has another hash
   */
  public RawManifest {
    if (!content.digest(digest.algorithm()).equals(digest)) {
      throw new IllegalArgumentException("manifest content does not have the digest " + digest);
    }
  }

  /**
   * A manifest identified by the SHA-256 of its bytes.
   *
   * @param mediaType the type of the manifest
   * @param content the bytes
   * @return the manifest
   */
  public static RawManifest of(MediaType mediaType, Bytes content) {
    return new RawManifest(mediaType, content.digest(DigestAlgorithm.SHA256), content);
  }
}
