package io.registrykit.maintenance;

import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import org.jspecify.annotations.Nullable;

/**
 * Something that the collector takes, or would take, and why. Immutable.
 *
 * @param reason why, which also says what it is
 * @param repository where, or null for a blob of the store
 * @param digest the manifest or blob
 */
public record Finding(Reason reason, @Nullable RepositoryName repository, Digest digest) {

  /** Why something goes. More reasons will come. */
  public enum Reason {
    /** A manifest that has no tag, and that nothing else in its repository holds. */
    UNTAGGED_MANIFEST,
    /** A blob that no manifest of its repository names; it leaves that repository alone. */
    UNREFERENCED_BLOB,
    /** A blob that no repository has; its bytes are deleted. */
    UNLINKED_BLOB
  }
}
