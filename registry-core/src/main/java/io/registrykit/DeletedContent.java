package io.registrykit;

import io.registrykit.model.Digest;
import io.registrykit.model.Tag;
import java.util.Set;

/**
 * What went with a repository. Immutable.
 *
 * @param manifests the manifests that it had
 * @param tags the tags that it had
 */
public record DeletedContent(Set<Digest> manifests, Set<Tag> tags) {
  /** Copies the sets. */
  public DeletedContent {
    manifests = Set.copyOf(manifests);
    tags = Set.copyOf(tags);
  }
}
