package io.registrykit.store.fs.internal.names;

import io.registrykit.model.Digest;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.CommitResult;
import io.registrykit.spi.store.TagRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares a repository before and after a commit, where the commit touched it. */
final class Outcome {
  private final Map<Tag, Optional<Digest>> tagsBefore = new HashMap<>();
  private final Map<Digest, Boolean> manifestsBefore = new HashMap<>();

  /** Notes what a tag was before a change; the first note of a commit counts. */
  void noteTag(Tag tag, @Nullable TagRecord before) {
    tagsBefore.putIfAbsent(tag, Optional.ofNullable(before).map(TagRecord::target));
  }

  /** Notes whether a manifest was there before a change; the first note of a commit counts. */
  void noteManifest(Digest digest, boolean before) {
    manifestsBefore.putIfAbsent(digest, before);
  }

  CommitResult.Applied compare(@Nullable RepositoryState after) {
    Map<Tag, Digest> deleted = new HashMap<>();
    Map<Tag, Digest> replaced = new HashMap<>();
    tagsBefore.forEach(
        (tag, before) -> {
          if (before.isEmpty()) {
            return;
          }
          TagRecord now = after == null ? null : after.tags.get(tag.value());
          if (now == null) {
            deleted.put(tag, before.get());
          } else if (!now.target().equals(before.get())) {
            replaced.put(tag, before.get());
          }
        });
    Set<Digest> deletedManifests = new HashSet<>();
    manifestsBefore.forEach(
        (digest, before) -> {
          if (before && (after == null || !after.manifests.containsKey(digest))) {
            deletedManifests.add(digest);
          }
        });
    return new CommitResult.Applied(deletedManifests, deleted, replaced);
  }
}
