package io.registrykit.store.fs.internal.names;

import io.registrykit.model.Digest;
import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.BlobLink;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.CommitResult;
import io.registrykit.spi.store.EventRecord;
import io.registrykit.spi.store.ManifestRecord;
import io.registrykit.spi.store.PendingEvent;
import io.registrykit.spi.store.RepositoryRecord;
import io.registrykit.spi.store.RepositoryStore;
import io.registrykit.spi.store.StoredManifest;
import io.registrykit.spi.store.TagRecord;
import io.registrykit.store.fs.internal.codec.Row;
import io.registrykit.store.fs.internal.files.Health;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The names port. Thread-safe: reads take one lock of one repository for microseconds. */
public final class FileRepositories implements RepositoryStore {
  private static final CommitResult.Applied NOTHING =
      new CommitResult.Applied(Set.of(), Map.of(), Map.of());

  /** How often a manifest is looked up again when it went while its bytes were read. */
  private static final int MAX_TRIES = 4;

  private final Health health;
  private final Cells cells;
  private final Catalog catalog;
  private final EventIndex events;
  private final ManifestFiles manifests;
  private final Committer committer;

  FileRepositories(
      Health health,
      Cells cells,
      Catalog catalog,
      EventIndex events,
      ManifestFiles manifests,
      Committer committer) {
    this.health = health;
    this.cells = cells;
    this.catalog = catalog;
    this.events = events;
    this.manifests = manifests;
    this.committer = committer;
  }

  private <T> T read(RepositoryName repository, Function<Cell, T> lookup) throws IOException {
    health.ensureOpen();
    Cell cell = cells.get(repository);
    cell.lock.readLock().lock();
    try {
      return lookup.apply(cell);
    } finally {
      cell.lock.readLock().unlock();
    }
  }

  private <T> Optional<T> find(
      RepositoryName repository, Function<RepositoryState, @Nullable T> lookup) throws IOException {
    return read(
        repository,
        cell ->
            cell.state == null ? Optional.empty() : Optional.ofNullable(lookup.apply(cell.state)));
  }

  private <T> Page<T> list(RepositoryName repository, Function<RepositoryState, Page<T>> lookup)
      throws IOException {
    return read(repository, cell -> cell.state == null ? Page.empty() : lookup.apply(cell.state));
  }

  @Override
  public Page<RepositoryName> repositories(PageRequest page) throws IOException {
    health.ensureOpen();
    return catalog.page(page, true);
  }

  @Override
  public Page<RepositoryName> listedRepositories(PageRequest page) throws IOException {
    health.ensureOpen();
    return catalog.page(page, false);
  }

  @Override
  public OptionalLong catalogVersion() throws IOException {
    health.ensureOpen();
    return OptionalLong.of(catalog.version());
  }

  @Override
  public OptionalLong version(RepositoryName repository) throws IOException {
    return OptionalLong.of(read(repository, cell -> cell.sequence));
  }

  @Override
  public Optional<RepositoryRecord> repository(RepositoryName repository) throws IOException {
    return find(repository, state -> state.record(repository));
  }

  @Override
  public Optional<BlobLink> blobLink(RepositoryName repository, Digest digest) throws IOException {
    return find(repository, state -> state.links.get(digest));
  }

  @Override
  public Page<BlobLink> blobLinks(RepositoryName repository, PageRequest page) throws IOException {
    return list(repository, state -> Paging.byDigest(state.links, page, link -> link));
  }

  @Override
  public Optional<StoredManifest> manifest(RepositoryName repository, Digest digest)
      throws IOException {
    for (int i = 0; ; i++) {
      Optional<ManifestRecord> found = find(repository, state -> state.manifests.get(digest));
      if (found.isEmpty()) {
        return Optional.empty();
      }
      try {
        return Optional.of(
            new StoredManifest(
                manifests.read(repository, digest, found.get().descriptor().mediaType()),
                found.get()));
      } catch (NoSuchFileException e) {
        if (i == MAX_TRIES) {
          throw new IOException(e.getMessage() + " is missing", e);
        }
      }
    }
  }

  /**
   * Reads the bytes of a manifest from the disk, whatever is in memory.
   *
   * @throws IOException if they are missing or others
   */
  public void verifyManifest(RepositoryName repository, Digest digest) throws IOException {
    Optional<ManifestRecord> found = find(repository, state -> state.manifests.get(digest));
    if (found.isPresent()) {
      try {
        manifests.readFile(repository, digest, found.get().descriptor().mediaType());
      } catch (NoSuchFileException e) {
        throw new IOException(e.getMessage() + " is missing", e);
      }
    }
  }

  /** Whether a repository has a manifest, as far as its rows say. */
  public boolean hasManifest(RepositoryName repository, Digest digest) throws IOException {
    return find(repository, state -> state.manifests.get(digest)).isPresent();
  }

  @Override
  public Page<ManifestRecord> manifests(RepositoryName repository, PageRequest page)
      throws IOException {
    return list(repository, state -> Paging.byDigest(state.manifests, page, record -> record));
  }

  @Override
  public Page<ManifestRecord> referrers(RepositoryName repository, Digest subject, PageRequest page)
      throws IOException {
    return list(
        repository, state -> Paging.byDigest(state.referrers(subject), page, record -> record));
  }

  @Override
  public Optional<TagRecord> tag(RepositoryName repository, Tag tag) throws IOException {
    return find(repository, state -> state.tags.get(tag.value()));
  }

  @Override
  public Page<TagRecord> tags(RepositoryName repository, PageRequest page) throws IOException {
    return list(repository, state -> Paging.byText(state.tags, page, tag -> tag));
  }

  @Override
  public List<Tag> tagsOf(RepositoryName repository, Digest digest) throws IOException {
    return read(repository, cell -> cell.state == null ? List.of() : cell.state.tagsOn(digest));
  }

  @Override
  public CommitResult commit(RepositoryName repository, Instant at, List<Change> changes)
      throws IOException {
    if (changes.isEmpty()) {
      throw new IllegalArgumentException("a commit needs a change");
    }
    health.ensureOpen();
    return committer.commit(cells.get(repository), new Changes(at, List.copyOf(changes)));
  }

  @Override
  public List<PendingEvent> pendingEvents(int limit) throws IOException {
    if (limit < 1) {
      throw new IllegalArgumentException("limit is below one");
    }
    health.ensureOpen();
    List<PendingEvent> found = new ArrayList<>();
    for (RepositoryName name : events.names()) {
      if (found.size() == limit) {
        break;
      }
      for (EventRecord event : oldestEvents(name, limit - found.size())) {
        found.add(new PendingEvent(name, event));
      }
    }
    return found;
  }

  /** Those of a repository that cannot be read wait, and those of the others do not. */
  private List<EventRecord> oldestEvents(RepositoryName name, int limit) throws IOException {
    try {
      return read(name, cell -> cell.outbox.values().stream().limit(limit).toList());
    } catch (UnreadableRepositoryException e) {
      return List.of();
    }
  }

  @Override
  public void acknowledgeEvents(RepositoryName repository, Set<String> ids) throws IOException {
    health.ensureOpen();
    Set<String> known = Set.copyOf(ids);
    committer.commit(
        cells.get(repository),
        draft -> {
          known.stream()
              .filter(draft.cell.outbox::containsKey)
              .forEach(id -> draft.addUnseen(new Row.EventGone(id)));
          return NOTHING;
        });
  }
}
