package io.registrykit.spi.store;

import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a store knows of a manifest without reading its bytes. Immutable.
 *
 * @param descriptor its type, digest and size, and the artifact type and annotations that it shows
 *     as a referrer
 * @param subject the manifest that it refers to, or null
 * @param blobs the blobs that it names; some may be absent, such as layers that are never pushed
 * @param manifests the manifests that it names as its parts, as an index does; some may be absent
 * @param attributes its locks
 * @param pushedAt when it was first pushed
 * @param updatedAt when it was last pushed, or its locks changed
 */
public record ManifestRecord(
    Descriptor descriptor,
    @Nullable Digest subject,
    Set<Digest> blobs,
    Set<Digest> manifests,
    Attributes attributes,
    Instant pushedAt,
    Instant updatedAt) {

  /** Copies the sets. */
  public ManifestRecord {
    blobs = Set.copyOf(blobs);
    manifests = Set.copyOf(manifests);
  }

  /**
   * The digest of the manifest.
   *
   * @return the same as {@code descriptor().digest()}
   */
  public Digest digest() {
    return descriptor.digest();
  }
}
