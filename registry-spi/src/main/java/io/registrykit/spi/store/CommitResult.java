package io.registrykit.spi.store;

import io.registrykit.model.Digest;
import io.registrykit.model.Tag;
import java.util.Map;
import java.util.Set;

/** What became of a commit. Immutable. */
public sealed interface CommitResult {

  /**
   * All of it was carried out. What is told compares the repository before the whole commit with
   * the one after it.
   *
   * @param deletedManifests the manifests that were there before and are not after
   * @param deletedTags the tags that were there before and are not after, and what they pointed to
   * @param replacedTags the tags that point to another manifest than before, and what they pointed
   *     to before
   */
  record Applied(
      Set<Digest> deletedManifests, Map<Tag, Digest> deletedTags, Map<Tag, Digest> replacedTags)
      implements CommitResult {
    /** Copies the collections. */
    public Applied {
      deletedManifests = Set.copyOf(deletedManifests);
      deletedTags = Map.copyOf(deletedTags);
      replacedTags = Map.copyOf(replacedTags);
    }
  }

  /**
   * Nothing of it was carried out.
   *
   * @param changeIndex which change was refused, counted from zero
   * @param reason why
   * @param missing the digests that are missing, for {@link Rejection#MISSING_CONTENT}; else empty
   */
  record Rejected(int changeIndex, Rejection reason, Set<Digest> missing) implements CommitResult {
    /** Copies the digests. */
    public Rejected {
      missing = Set.copyOf(missing);
    }
  }
}
