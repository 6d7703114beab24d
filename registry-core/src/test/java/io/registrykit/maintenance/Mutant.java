package io.registrykit.maintenance;

import io.registrykit.spi.store.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A mistake that a collector or a store could make, to show that the model finds it. Immutable. */
enum Mutant {
  /** None. */
  NONE,
  /** Deletes blobs although somebody touched them. */
  IGNORES_TOUCH,
  /** Takes blobs from a repository although a manifest names them by now. */
  IGNORES_NEW_MANIFESTS,
  /** Deletes manifests although somebody uses them by now. */
  IGNORES_NEW_TAGS;

  Instant cutoff(Instant cutoff) {
    return this == IGNORES_TOUCH ? Instant.MAX : cutoff;
  }

  List<Change> changes(List<Change> changes) {
    List<Change> mutated = new ArrayList<>(changes);
    if (this == IGNORES_NEW_TAGS) {
      mutated.removeIf(change -> change instanceof Change.RequireUnused);
    }
    if (this == IGNORES_NEW_MANIFESTS) {
      mutated.replaceAll(
          change ->
              change instanceof Change.UnlinkBlob unlink
                  ? new Change.UnlinkBlob(unlink.digest(), false, unlink.onlyIfLinkedBefore())
                  : change);
    }
    return mutated;
  }
}
