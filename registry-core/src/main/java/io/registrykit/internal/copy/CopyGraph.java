package io.registrykit.internal.copy;

import io.registrykit.model.Digest;
import io.registrykit.model.RawManifest;
import io.registrykit.model.Tag;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What belongs together. Immutable.
 *
 * @param root what was asked for
 * @param manifests all manifests, parts before what they are part of, referrers behind their
 *     subjects
 * @param blobs the blobs with their lengths, each once
 * @param tags the tags that come along with manifests other than the root
 */
public record CopyGraph(
    RawManifest root,
    List<RawManifest> manifests,
    Map<Digest, Long> blobs,
    Map<Digest, Set<Tag>> tags) {

  /** Copies the collections. */
  public CopyGraph {
    manifests = List.copyOf(manifests);
    blobs = Collections.unmodifiableMap(new LinkedHashMap<>(blobs));
    tags = Map.copyOf(tags);
  }

  /**
   * The tags that come along with a manifest.
   *
   * @param manifest its digest
   * @return the tags, possibly none
   */
  public Set<Tag> tagsOf(Digest manifest) {
    return tags.getOrDefault(manifest, Set.of());
  }
}
