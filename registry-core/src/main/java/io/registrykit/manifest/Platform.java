package io.registrykit.manifest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an image of an index runs on. Immutable.
 *
 * @param os the operating system, such as {@code linux}; empty when the index does not say
 * @param architecture the processor, such as {@code arm64}; empty when the index does not say
 * @param variant the kind of processor, such as {@code v8}, or null
 * @param osVersion the version of the operating system, or null
 * @param osFeatures what the operating system needs to offer; may be empty
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/image-index.md">OCI
 *     image-spec, image index</a>
 */
public record Platform(
    String os,
    String architecture,
    @Nullable String variant,
    @Nullable String osVersion,
    List<String> osFeatures) {

  /** Copies the features. */
  public Platform {
    osFeatures = List.copyOf(osFeatures);
  }

  /**
   * A platform without a version.
   *
   * @param os the operating system
   * @param architecture the processor
   */
  public Platform(String os, String architecture) {
    this(os, architecture, null, null, List.of());
  }

  /** The usual short form, such as {@code linux/arm64/v8}. */
  @Override
  public String toString() {
    return os + "/" + architecture + (variant == null ? "" : "/" + variant);
  }
}
