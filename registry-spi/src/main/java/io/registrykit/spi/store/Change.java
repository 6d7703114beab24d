package io.registrykit.spi.store;

import io.registrykit.model.Digest;
import io.registrykit.model.Reference;
import io.registrykit.model.Tag;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One step of a {@linkplain RepositoryStore#commit commit}. Immutable.
 *
 * <p>More kinds may come: a store refuses one that it does not know with {@link
 * io.registrykit.error.UnsupportedException}, and never passes it over.
 */
public sealed interface Change {

  /**
   * Goes on only if the repository has all of these; else {@link Rejection#MISSING_CONTENT} with
   * all that is missing.
   *
   * @param blobs blobs that must be linked
   * @param manifests manifests that must be there
   */
  record Require(Set<Digest> blobs, Set<Digest> manifests) implements Change {
    /** Copies the sets. */
    public Require {
      blobs = Set.copyOf(blobs);
      manifests = Set.copyOf(manifests);
    }
  }

  /**
   * Goes on only if something is not locked against a use; else {@link Rejection#LOCKED}. Holds for
   * what does not exist.
   *
   * @param target a tag or manifest, or null for the repository
   * @param use what is to be done
   */
  record RequireUnlocked(@Nullable Reference target, Attributes.Use use) implements Change {}

  /**
   * Goes on only if a manifest is in nobody's use: no tag points to it, no other manifest names it
   * as its part or subject, and it was last pushed before an instant; else {@link
   * Rejection#REFERENCED}. Holds for a manifest that is not there. With {@link DeleteManifest}
   * behind it, a collector cannot take what somebody pushes at the same time.
   *
   * @param manifest the manifest
   * @param updatedBefore a manifest whose {@link ManifestRecord#updatedAt()} is this instant or
   *     later counts as used
   */
  record RequireUnused(Digest manifest, Instant updatedBefore) implements Change {}

  /**
   * Makes a blob known in the repository, or refreshes the time of its link.
   *
   * @param digest a blob that is stored and was touched just now
   * @param size its length in bytes
   */
  record LinkBlob(Digest digest, long size) implements Change {}

  /**
   * Takes a blob out of the repository; {@link Rejection#NOT_FOUND} when it is not there.
   *
   * @param digest the blob
   * @param onlyIfUnreferenced whether a manifest of the repository that names the blob forbids it
   *     ({@link Rejection#REFERENCED})
   * @param onlyIfLinkedBefore a link made or refreshed at or after this instant forbids it ({@link
   *     Rejection#REFERENCED}); null when age does not matter
   */
  record UnlinkBlob(Digest digest, boolean onlyIfUnreferenced, @Nullable Instant onlyIfLinkedBefore)
      implements Change {}

  /**
   * Stores a manifest. One that is there already keeps its {@link ManifestRecord#pushedAt()} and
   * attributes; all else becomes what the new record says, but for the times, which are those of
   * the commit.
   *
   * @param manifest the bytes and what is known of them
   */
  record PutManifest(StoredManifest manifest) implements Change {}

  /**
   * Deletes a manifest and every tag on it; {@link Rejection#NOT_FOUND} when it is not there.
   *
   * @param digest the manifest
   */
  record DeleteManifest(Digest digest) implements Change {}

  /**
   * Points a tag to a manifest of the repository; {@link Rejection#MISSING_CONTENT} when that is
   * not there, {@link Rejection#TAG_CONFLICT} when the tag is not as expected. Setting a tag to
   * what it is succeeds whatever is expected. A tag that moves keeps its {@link
   * TagRecord#createdAt()} and attributes.
   *
   * @param tag the tag
   * @param target the manifest
   * @param expected what the tag must be before
   */
  record SetTag(Tag tag, Digest target, Expected expected) implements Change {}

  /**
   * Deletes a tag and leaves its manifest; {@link Rejection#NOT_FOUND} when it is not there, {@link
   * Rejection#TAG_CONFLICT} when it is not as expected.
   *
   * @param tag the tag
   * @param expected what the tag must be before
   */
  record DeleteTag(Tag tag, Expected expected) implements Change {}

  /**
   * Deletes the repository and all that is in it; {@link Rejection#NOT_FOUND} when it does not
   * exist. Events that wait in it are kept.
   */
  record DeleteRepository() implements Change {}

  /**
   * Sets the locks of something; {@link Rejection#NOT_FOUND} when it is not there, {@link
   * Rejection#ATTRIBUTES_CONFLICT} when its locks are not as expected.
   *
   * @param target a tag or manifest, or null for the repository
   * @param attributes the new locks
   * @param expected what the locks must be before, or null when that does not matter
   */
  record SetAttributes(
      @Nullable Reference target, Attributes attributes, @Nullable Attributes expected)
      implements Change {
    /**
     * Sets the locks of something, whatever they were.
     *
     * @param target a tag or manifest, or null for the repository
     * @param attributes the new locks
     */
    public SetAttributes(@Nullable Reference target, Attributes attributes) {
      this(target, attributes, null);
    }
  }

  /**
   * Keeps an event until it is acknowledged: an outbox in the same commit as the facts. An event
   * that waits already is kept once.
   *
   * @param event the event
   */
  record Publish(EventRecord event) implements Change {}
}
