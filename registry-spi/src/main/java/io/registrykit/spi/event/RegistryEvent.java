package io.registrykit.spi.event;

import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.auth.Principal;
import java.time.Instant;
import java.util.Set;

/**
 * A fact about a registry, told after it was committed. Immutable.
 *
 * <p>More kinds will come: a {@code switch} over events needs a default branch.
 */
public sealed interface RegistryEvent {

  /**
   * A name that no other event has; a sink that sees it twice may drop the second.
   *
   * @return a short text
   */
  String id();

  /**
   * When it was committed.
   *
   * @return the instant
   */
  Instant time();

  /**
   * Who caused it.
   *
   * @return the caller
   */
  Principal actor();

  /**
   * Where it happened.
   *
   * @return the repository
   */
  RepositoryName repository();

  /**
   * A manifest was pushed, anew or once more.
   *
   * @param id see {@link RegistryEvent#id()}
   * @param time see {@link RegistryEvent#time()}
   * @param actor see {@link RegistryEvent#actor()}
   * @param repository see {@link RegistryEvent#repository()}
   * @param manifest the manifest
   * @param tags the tags that were set to it, possibly none
   */
  record ManifestPushed(
      String id,
      Instant time,
      Principal actor,
      RepositoryName repository,
      Descriptor manifest,
      Set<Tag> tags)
      implements RegistryEvent {
    /** Copies the tags. */
    public ManifestPushed {
      tags = Set.copyOf(tags);
    }
  }

  /**
   * A manifest was deleted, and every tag on it.
   *
   * @param id see {@link RegistryEvent#id()}
   * @param time see {@link RegistryEvent#time()}
   * @param actor see {@link RegistryEvent#actor()}
   * @param repository see {@link RegistryEvent#repository()}
   * @param digest the manifest
   * @param tags the tags that went with it
   */
  record ManifestDeleted(
      String id,
      Instant time,
      Principal actor,
      RepositoryName repository,
      Digest digest,
      Set<Tag> tags)
      implements RegistryEvent {
    /** Copies the tags. */
    public ManifestDeleted {
      tags = Set.copyOf(tags);
    }
  }

  /**
   * A tag was deleted; its manifest stays.
   *
   * @param id see {@link RegistryEvent#id()}
   * @param time see {@link RegistryEvent#time()}
   * @param actor see {@link RegistryEvent#actor()}
   * @param repository see {@link RegistryEvent#repository()}
   * @param tag the tag
   */
  record TagDeleted(String id, Instant time, Principal actor, RepositoryName repository, Tag tag)
      implements RegistryEvent {}

  /**
   * A repository was deleted with all that was in it.
   *
   * @param id see {@link RegistryEvent#id()}
   * @param time see {@link RegistryEvent#time()}
   * @param actor see {@link RegistryEvent#actor()}
   * @param repository see {@link RegistryEvent#repository()}
   */
  record RepositoryDeleted(String id, Instant time, Principal actor, RepositoryName repository)
      implements RegistryEvent {}

  /**
   * A blob of one repository was made known in another, without an upload.
   *
   * @param id see {@link RegistryEvent#id()}
   * @param time see {@link RegistryEvent#time()}
   * @param actor see {@link RegistryEvent#actor()}
   * @param repository the repository that has the blob now
   * @param digest the blob
   * @param from the repository that had it before
   */
  record BlobMounted(
      String id,
      Instant time,
      Principal actor,
      RepositoryName repository,
      Digest digest,
      RepositoryName from)
      implements RegistryEvent {}
}
