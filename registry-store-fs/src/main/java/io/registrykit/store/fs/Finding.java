package io.registrykit.store.fs;

/**
 * Something that is not as it should be. Immutable.
 *
 * @param kind what sort of thing it is
 * @param subject which blob, manifest or repository it is about
 * @param detail what is wrong, for people
 * @param repaired whether it is in order now
 */
public record Finding(Kind kind, String subject, String detail, boolean repaired) {

  /** What sort of thing it is. Immutable. */
  public enum Kind {
    /** A blob has other bytes than its digest says. Repaired: moved to the quarantine. */
    BLOB_DAMAGED,
    /** A repository has a blob that the pool has not. It is there again when it is pushed. */
    BLOB_MISSING,
    /** The counters are not what is stored. Repaired: counted anew. */
    COUNTERS_WRONG,
    /** A manifest's bytes are missing or others. They are there again when it is pushed. */
    MANIFEST_DAMAGED,
    /** A tag points to a manifest that is not there. */
    TAG_DANGLING,
    /** The log lacks what was acknowledged. Repaired: goes on without it, the rest is there. */
    LOG_DAMAGED,
    /** The list of repositories cannot be read. Repaired, whenever it is found: made anew. */
    CATALOG_DAMAGED,
    /** The files of a repository cannot be read; all others can. */
    REPOSITORY_UNREADABLE,
    /** A repository is not in the list of repositories. Repaired: listed. */
    REPOSITORY_UNLISTED,
    /** A file that no part of the store needs. Repaired: deleted, if the store made it. */
    LEFTOVER
  }

  @Override
  public String toString() {
    return kind + " " + subject + ": " + detail + (repaired ? " (repaired)" : "");
  }
}
