package io.registrykit.spi.tck;

import io.registrykit.model.Digest;
import io.registrykit.model.Reference;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.Attributes;
import io.registrykit.spi.store.BlobLink;
import io.registrykit.spi.store.StoredManifest;
import io.registrykit.spi.store.TagRecord;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One repository of the {@link ReferenceModel}: maps, and copies of all of them. */
final class ModelRepository {
  final Map<Digest, BlobLink> links = new TreeMap<>();
  final Map<Digest, StoredManifest> manifests = new TreeMap<>();
  final Map<Tag, TagRecord> tags = new TreeMap<>();
  final Instant createdAt;
  Instant updatedAt;
  Attributes attributes = Attributes.UNLOCKED;

  ModelRepository(Instant createdAt) {
    this.createdAt = createdAt;
    this.updatedAt = createdAt;
  }

  ModelRepository copy() {
    ModelRepository copy = new ModelRepository(createdAt);
    copy.updatedAt = updatedAt;
    copy.attributes = attributes;
    copy.links.putAll(links);
    copy.manifests.putAll(manifests);
    copy.tags.putAll(tags);
    return copy;
  }

  long bytes() {
    return manifests.values().stream().mapToLong(m -> m.raw().content().length()).sum();
  }

  boolean names(Digest blob) {
    return manifests.values().stream().anyMatch(m -> m.record().blobs().contains(blob));
  }

  /** Whether a manifest is here, and something here needs it or it is young. */
  boolean uses(Digest digest, Instant cutoff) {
    StoredManifest manifest = manifests.get(digest);
    return manifest != null
        && (!manifest.record().updatedAt().isBefore(cutoff)
            || tags.values().stream().anyMatch(tag -> tag.target().equals(digest))
            || manifests.values().stream()
                .anyMatch(
                    other ->
                        other.record().manifests().contains(digest)
                            || digest.equals(other.record().subject())));
  }

  /** The locks of something here, or null when it is not here. */
  @Nullable Attributes attributesOf(@Nullable Reference target) {
    if (target instanceof Tag tag) {
      return tags.containsKey(tag) ? tags.get(tag).attributes() : null;
    }
    if (target instanceof Digest digest) {
      return manifests.containsKey(digest) ? manifests.get(digest).record().attributes() : null;
    }
    return attributes;
  }
}
