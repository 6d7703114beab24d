package io.registrykit.spi.store;

import io.registrykit.model.Digest;
import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names: which repository has which blobs, manifests and tags. Implementations are safe for use by
 * any number of threads; every write is one atomic commit, and a read sees all of a commit or
 * nothing of it.
 *
 * <p>Lists are sorted by the wire form of their entries, in byte order, at a cost of the page and
 * not of the list. A page never skips an entry that was there throughout, whatever comes and goes
 * meanwhile. A repository that does not exist has nothing: reads of it return empty results.
 */
public interface RepositoryStore {

  /**
   * Lists the repositories.
   *
   * @param page which part
   * @return names in byte order
   * @throws IOException if the store fails
   */
  Page<RepositoryName> repositories(PageRequest page) throws IOException;

  /**
   * Lists the repositories that are not locked against {@linkplain Attributes.Use#LIST listing}.
   *
   * <p>This method looks at each repository in turn; a store that knows the locks without a look
   * should override it.
   *
   * @param page which part; where many are locked it may come short, with more behind it
   * @return names in byte order
   * @throws IOException if the store fails
   */
  default Page<RepositoryName> listedRepositories(PageRequest page) throws IOException {
    List<RepositoryName> items = new ArrayList<>();
    @Nullable String next = page.after();
    // Bounded, so that a page does not cost as much as the list.
    for (int round = 0; round < 16 && items.size() < page.limit(); round++) {
      Page<RepositoryName> some = repositories(new PageRequest(page.limit() - items.size(), next));
      for (RepositoryName name : some.items()) {
        Optional<RepositoryRecord> known = repository(name);
        if (known.isEmpty() || known.get().attributes().allows(Attributes.Use.LIST)) {
          items.add(name);
        }
      }
      next = some.next();
      if (next == null) {
        break;
      }
    }
    return new Page<>(items, next);
  }

  /**
   * A number that is another one whenever {@link #listedRepositories} answers otherwise than
   * before, so that what was made of an answer can be used again. It is read before the list, and
   * means nothing once the store was closed.
   *
   * @return the number, or empty when the store keeps none, as in this method
   * @throws IOException if the store fails
   */
  default OptionalLong catalogVersion() throws IOException {
    return OptionalLong.empty();
  }

  /**
   * A number that is another one whenever the lists of a repository answer otherwise than before;
   * as {@link #catalogVersion()}, for one repository.
   *
   * @param repository its name, whether it exists or not
   * @return the number, or empty when the store keeps none, as in this method
   * @throws IOException if the store fails
   */
  default OptionalLong version(RepositoryName repository) throws IOException {
    return OptionalLong.empty();
  }

  /**
   * Looks at a repository, which exists from its first {@link Change.LinkBlob} or {@link
   * Change.PutManifest} until its {@link Change.DeleteRepository}.
   *
   * @param repository its name
   * @return what is known of it, or empty when it does not exist
   * @throws IOException if the store fails
   */
  Optional<RepositoryRecord> repository(RepositoryName repository) throws IOException;

  /**
   * Whether a repository has a blob.
   *
   * @param repository the repository
   * @param digest the blob
   * @return the link, or empty when it has not
   * @throws IOException if the store fails
   */
  Optional<BlobLink> blobLink(RepositoryName repository, Digest digest) throws IOException;

  /**
   * Lists the blobs of a repository.
   *
   * @param repository the repository
   * @param page which part
   * @return links in the order of their digests
   * @throws IOException if the store fails
   */
  Page<BlobLink> blobLinks(RepositoryName repository, PageRequest page) throws IOException;

  /**
   * Reads a manifest.
   *
   * @param repository the repository
   * @param digest the manifest
   * @return the bytes and what is known of them, or empty when it has none
   * @throws IOException if the store fails
   */
  Optional<StoredManifest> manifest(RepositoryName repository, Digest digest) throws IOException;

  /**
   * Lists the manifests of a repository.
   *
   * @param repository the repository
   * @param page which part
   * @return records in the order of their digests
   * @throws IOException if the store fails
   */
  Page<ManifestRecord> manifests(RepositoryName repository, PageRequest page) throws IOException;

  /**
   * Lists the manifests whose subject is a given one, whether that exists or not.
   *
   * @param repository the repository
   * @param subject the digest that they name
   * @param page which part
   * @return records in the order of their digests
   * @throws IOException if the store fails
   */
  Page<ManifestRecord> referrers(RepositoryName repository, Digest subject, PageRequest page)
      throws IOException;

  /**
   * Reads a tag.
   *
   * @param repository the repository
   * @param tag the tag, case-sensitive
   * @return what it points to, or empty when there is no such tag
   * @throws IOException if the store fails
   */
  Optional<TagRecord> tag(RepositoryName repository, Tag tag) throws IOException;

  /**
   * Lists the tags of a repository.
   *
   * @param repository the repository
   * @param page which part
   * @return records in ASCII order of the tags
   * @throws IOException if the store fails
   */
  Page<TagRecord> tags(RepositoryName repository, PageRequest page) throws IOException;

  /**
   * Lists the tags on a manifest.
   *
   * @param repository the repository
   * @param digest the manifest
   * @return its tags in ASCII order, possibly none
   * @throws IOException if the store fails
   */
  List<Tag> tagsOf(RepositoryName repository, Digest digest) throws IOException;

  /**
   * Carries out changes in their order, all or none. A change sees those before it.
   *
   * @param repository the repository, which its first blob or manifest creates
   * @param at the present; becomes the time of all that is new or changed
   * @param changes one or more
   * @return what went with it, or which change was refused and why
   * @throws IOException if the store fails and nothing of it is visible
   * @throws io.registrykit.error.LimitException if the store is full; nothing of it is visible
   * @throws io.registrykit.error.UnsupportedException if the store does not know a change; nothing
   *     of it is visible
   * @throws IllegalArgumentException if there are no changes
   */
  CommitResult commit(RepositoryName repository, Instant at, List<Change> changes)
      throws IOException;

  /**
   * Lists the events that were {@linkplain Change.Publish published} and not acknowledged, in the
   * order of the repositories and, within one, of the commits.
   *
   * @param limit the most to return, one or more
   * @return the oldest events
   * @throws IOException if the store fails
   */
  List<PendingEvent> pendingEvents(int limit) throws IOException;

  /**
   * Forgets events that were delivered. Ids that are not known are passed over.
   *
   * @param repository the repository that they happened in
   * @param ids their ids
   * @throws IOException if the store fails
   */
  void acknowledgeEvents(RepositoryName repository, Set<String> ids) throws IOException;
}
