package io.registrykit.store.fs.internal.names;

import io.registrykit.model.Digest;
import io.registrykit.store.fs.internal.codec.Row;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What files of a repository have to follow, beside its journal. Guarded as the cell says. */
final class CellChanges {
  /** Manifests that went. */
  final Set<Digest> goneManifests = new HashSet<>();

  /** Blobs and manifests that came or went. */
  final Set<Digest> content = new HashSet<>();

  /** Whether tags or manifests changed. */
  boolean index;

  /** Notes what a row is about to change. */
  void note(@Nullable RepositoryState before, Row row) {
    if (row instanceof Row.LinkPut put) {
      if (before == null || !before.links.containsKey(put.link().digest())) {
        content.add(put.link().digest());
      }
    } else if (row instanceof Row.LinkGone gone) {
      content.add(gone.digest());
    } else if (row instanceof Row.ManifestPut put) {
      if (before == null || !before.manifests.containsKey(put.record().digest())) {
        content.add(put.record().digest());
      }
      index = true;
    } else if (row instanceof Row.ManifestGone gone) {
      goneManifests.add(gone.digest());
      content.add(gone.digest());
      index = true;
    } else if (row instanceof Row.TagPut || row instanceof Row.TagGone) {
      index = true;
    } else if (row instanceof Row.RepositoryGone && before != null) {
      goneManifests.addAll(before.manifests.keySet());
      content.addAll(before.manifests.keySet());
      content.addAll(before.links.keySet());
      index = true;
    }
  }

  /** Takes over what another has. */
  void addAll(CellChanges other) {
    goneManifests.addAll(other.goneManifests);
    content.addAll(other.content);
    index |= other.index;
  }

  void clear() {
    goneManifests.clear();
    content.clear();
    index = false;
  }
}
