package io.registrykit.manifest;

import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.MediaType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A descriptor as it stands in a manifest. Immutable.
 *
 * <p>Unlike a {@link Descriptor} it may name content by a digest of any well-formed algorithm: such
 * a manifest is legal, although this registry cannot hold the content.
 *
 * @param mediaType the type of the content
 * @param digestText the digest as it was written; well-formed, of any algorithm
 * @param size the length of the content in bytes, zero or more
 * @param artifactType the type of the artifact when the content is one, else null
 * @param urls where else the content can be had; may be empty
 * @param platform what the content runs on, or null when that is not said
 * @param annotations free-form facts, in the order in which they came; may be empty
 */
public record ContentReference(
    MediaType mediaType,
    String digestText,
    long size,
    @Nullable MediaType artifactType,
    List<String> urls,
    @Nullable Platform platform,
    Map<String, String> annotations) {

  /**
   * Checks digest and size, and copies the collections.
   *
   * @throws IllegalArgumentException if the digest is malformed or the size is negative
   */
  public ContentReference {
    if (!Digest.isWellFormed(digestText)) {
      throw new IllegalArgumentException("digest is malformed");
    }
    if (isSupported(digestText)) {
      Digest.parse(digestText);
    }
    if (size < 0) {
      throw new IllegalArgumentException("descriptor size is negative");
    }
    urls = List.copyOf(urls);
    annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
  }

  private static boolean isSupported(String digestText) {
    return DigestAlgorithm.of(digestText.substring(0, digestText.indexOf(':'))).isPresent();
  }

  /**
   * The digest of the content.
   *
   * @return empty when its algorithm is not one of {@link DigestAlgorithm}
   */
  public Optional<Digest> digest() {
    return isSupported(digestText) ? Optional.of(Digest.parse(digestText)) : Optional.empty();
  }

  /**
   * The same without what only an index says.
   *
   * @return empty when the algorithm of the digest is not one of {@link DigestAlgorithm}
   */
  public Optional<Descriptor> descriptor() {
    return digest().map(known -> new Descriptor(mediaType, known, size, artifactType, annotations));
  }

  /**
   * Whether a registry does without the content, because it is never distributed or can be had
   * elsewhere.
   *
   * @return true for layers of a non-distributable (foreign) type and for whatever has URLs
   */
  public boolean isExternal() {
    return !urls.isEmpty() || LayerTypes.isNonDistributable(mediaType);
  }
}
