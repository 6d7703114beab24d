package io.registrykit.maintenance;

import io.registrykit.spi.store.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A mistake that a collector or a client could make, to show that a model finds it. Immutable. */
enum Mutant {
  /** None. */
  NONE,
  /** Deletes blobs although somebody touched them. */
  IGNORES_TOUCH,
  /** Takes blobs from a repository although a manifest names them by now. */
  IGNORES_NEW_MANIFESTS,
  /** Deletes manifests although somebody uses them by now. */
  IGNORES_NEW_TAGS,
  /** Takes manifests without a look whether their blobs are there. */
  PUSHES_WITHOUT_REQUIRE,
  /** Links blobs that it did not touch. */
  LINKS_WITHOUT_TOUCH,
  /** Touches blobs before it links them, and not again. */
  TOUCHES_ONLY_BEFORE;

  /** Whether a client does not touch a blob that it says to have touched. */
  boolean forgetsTouch(boolean linked) {
    return this == LINKS_WITHOUT_TOUCH || (this == TOUCHES_ONLY_BEFORE && linked);
  }

  /** The arguments of a call as this mistake makes them. */
  @SuppressWarnings("unchecked")
  @Nullable Object @Nullable [] mutate(String method, @Nullable Object @Nullable [] arguments) {
    if (arguments != null && method.equals("deleteIfUntouchedSince")) {
      return new @Nullable Object[] {arguments[0], cutoff((Instant) arguments[1])};
    }
    if (arguments != null && method.equals("commit") && arguments.length == 3) {
      return new @Nullable Object[] {
        arguments[0], arguments[1], changes((List<Change>) arguments[2])
      };
    }
    return arguments;
  }

  private Instant cutoff(Instant cutoff) {
    return this == IGNORES_TOUCH ? Instant.MAX : cutoff;
  }

  private List<Change> changes(List<Change> changes) {
    List<Change> mutated = new ArrayList<>(changes);
    if (this == PUSHES_WITHOUT_REQUIRE) {
      mutated.removeIf(change -> change instanceof Change.Require);
    }
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
