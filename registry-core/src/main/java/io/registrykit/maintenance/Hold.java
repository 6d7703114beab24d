package io.registrykit.maintenance;

import io.registrykit.model.RepositoryName;

/**
 * What keeps a manifest or blob. Immutable.
 *
 * @param reason why it is kept
 * @param repository where
 * @param by the tag, digest or time that does it, for people
 */
public record Hold(Reason reason, RepositoryName repository, String by) {

  /** Why something is kept. More reasons will come. */
  public enum Reason {
    /** A manifest of the repository names the blob. */
    NAMED_BY_MANIFEST,
    /** The blob was pushed, mounted or asked for within the grace. */
    RECENTLY_LINKED,
    /** A tag points to the manifest. */
    TAGGED,
    /** An index has the manifest as its part. */
    PART_OF_INDEX,
    /** The manifest refers to one that is kept, or one that is kept refers to it. */
    RELATED,
    /** A lock forbids to delete the manifest. */
    LOCKED,
    /** The manifest was pushed too lately. */
    RECENTLY_PUSHED,
    /** The policy keeps every manifest. */
    POLICY
  }
}
