package io.registrykit;

import io.registrykit.model.Digest;
import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import io.registrykit.model.Reference;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.Attributes;
import io.registrykit.spi.store.ManifestRecord;
import io.registrykit.spi.store.RepositoryRecord;
import io.registrykit.spi.store.StoredManifest;
import io.registrykit.spi.store.TagRecord;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the content of a repository, and its locks. Safe for use by any number of
 * threads. Every method throws a {@link io.registrykit.error.RegistryException} if the registry
 * fails.
 *
 * <p>A lock against reading stops pulls and not these looks; what is locked against listing is left
 * out of the lists.
 */
public interface RepositoryInventory {

  /**
   * Looks at the repository.
   *
   * @return times, counts and locks, or empty when it does not exist
   */
  Optional<RepositoryRecord> record();

  /**
   * A number that is another one whenever a list of the repository answers otherwise than before.
   *
   * @return the number, or empty when the store keeps none
   */
  OptionalLong version();

  /**
   * Looks at a tag.
   *
   * @param tag the tag
   * @return its target, times and locks, or empty when there is none
   */
  Optional<TagRecord> tagRecord(Tag tag);

  /**
   * Looks at a manifest.
   *
   * @param digest the manifest
   * @return its bytes, type, size, times and locks, or empty when there is none
   */
  Optional<StoredManifest> storedManifest(Digest digest);

  /**
   * Lists the tags with what is known of them.
   *
   * @param page which part
   * @return records in ASCII order of the tags
   */
  Page<TagRecord> tagRecords(PageRequest page);

  /**
   * Lists the manifests.
   *
   * @param page which part
   * @return records in the order of their digests
   */
  Page<ManifestRecord> manifestRecords(PageRequest page);

  /**
   * Lists the tags on a manifest.
   *
   * @param digest the manifest
   * @return its tags in ASCII order, possibly none
   */
  List<Tag> tagsOf(Digest digest);

  /**
   * Changes the locks of the repository, a manifest or a tag. No change of somebody else at the
   * same time is lost: the new locks are made again from those.
   *
   * @param target a tag or manifest, or null for the repository
   * @param change makes the new locks from the old ones; may be asked several times
   * @throws io.registrykit.error.NotFoundException if it does not exist
   * @throws io.registrykit.error.ConflictException if others change them all the time
   */
  void changeAttributes(@Nullable Reference target, UnaryOperator<Attributes> change);
}
