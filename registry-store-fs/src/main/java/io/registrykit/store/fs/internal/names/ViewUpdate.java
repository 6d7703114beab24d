package io.registrykit.store.fs.internal.names;

import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import java.util.ArrayList;
import java.util.List;

/**
 * What the image layout of a repository has to follow, to be carried out while others commit.
 * Immutable.
 *
 * @param name the repository
 * @param manifests came, or are there still
 * @param blobs came, or are there still, and are no manifests
 * @param gone neither of the two
 * @param index the index as it should be
 * @param indexChanged whether it differs from the one before
 */
record ViewUpdate(
    RepositoryName name,
    List<Digest> manifests,
    List<Digest> blobs,
    List<Digest> gone,
    ImageLayoutIndex index,
    boolean indexChanged) {

  /** Looks at what changed; the caller holds the cell's locks. */
  static ViewUpdate of(RepositoryName name, RepositoryState state, CellChanges changes) {
    List<Digest> manifests = new ArrayList<>();
    List<Digest> blobs = new ArrayList<>();
    List<Digest> gone = new ArrayList<>();
    for (Digest digest : changes.content) {
      if (state.manifests.containsKey(digest)) {
        manifests.add(digest);
      } else if (state.links.containsKey(digest)) {
        blobs.add(digest);
      } else {
        gone.add(digest);
      }
    }
    return new ViewUpdate(name, manifests, blobs, gone, ImageLayoutIndex.of(state), changes.index);
  }

  /** Whether nothing is to be done. */
  boolean isEmpty() {
    return manifests.isEmpty() && blobs.isEmpty() && gone.isEmpty() && !indexChanged;
  }
}
