package io.registrykit.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What refers to content: its type, digest and size. Immutable.
 *
 * @param mediaType the type of the content
 * @param digest the identity of the content
 * @param size the length of the content in bytes, zero or more
 * @param artifactType the type of the artifact when the content is one, else null
 * @param annotations free-form facts, in the order in which they came; may be empty
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md">OCI
 *     image-spec, descriptor</a>
 */
public record Descriptor(
    MediaType mediaType,
    Digest digest,
    long size,
    @Nullable MediaType artifactType,
    Map<String, String> annotations) {

  /**
   * Checks the size and copies the annotations.
   *
   * @throws IllegalArgumentException if the size is negative
   */
  public Descriptor {
    if (size < 0) {
      throw new IllegalArgumentException("descriptor size is negative");
    }
    annotations = Ordered.copyOf(annotations);
  }

  /**
   * A descriptor of content that is not an artifact and has no annotations.
   *
   * @param mediaType the type of the content
   * @param digest the identity of the content
   * @param size the length of the content in bytes
   */
  public Descriptor(MediaType mediaType, Digest digest, long size) {
    this(mediaType, digest, size, null, Map.of());
  }
}
