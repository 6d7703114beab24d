package io.registrykit.store.fs.internal.names;

import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the image layout of a repository has to follow, to be carried out while others commit.
 * Immutable.
 *
 * @param name the repository
 * @param manifests came, or are there still
 * @param blobs came, or are there still, and are no manifests
 * @param gone neither of the two
 * @param index the index as it should be, or null where it is so already
 * @param isNew whether there is no view yet
 */
record ViewUpdate(
    RepositoryName name,
    List<Digest> manifests,
    List<Digest> blobs,
    List<Digest> gone,
    @Nullable ImageLayoutIndex index,
    boolean isNew) {

  /** Looks at what changed; the caller holds the cell's locks. */
  static ViewUpdate of(
      RepositoryName name, RepositoryState state, CellChanges changes, boolean isNew) {
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
    ImageLayoutIndex index = isNew || changes.index ? ImageLayoutIndex.of(state) : null;
    return new ViewUpdate(name, manifests, blobs, gone, index, isNew);
  }
}
