package io.registrykit.store.memory;

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
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The names. Thread-safe: any number of readers, or one commit. A commit takes microseconds, as
 * content was hashed and parsed before, so one lock for all repositories does.
 */
final class MemoryRepositories implements RepositoryStore {
  private final Lifecycle lifecycle;
  private final Tables tables;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  /** How many commits there were. Under {@link #lock}. */
  private long commits;

  MemoryRepositories(Lifecycle lifecycle, Capacity capacity) {
    this.lifecycle = lifecycle;
    this.tables = new Tables(capacity);
  }

  @Override
  public Page<RepositoryName> repositories(PageRequest page) throws IOException {
    return read(() -> Paging.page(tables.repositories, page, state -> state.record().name()));
  }

  @Override
  public OptionalLong catalogVersion() throws IOException {
    return read(() -> OptionalLong.of(commits));
  }

  @Override
  public OptionalLong version(RepositoryName repository) throws IOException {
    return catalogVersion();
  }

  @Override
  public Optional<RepositoryRecord> repository(RepositoryName repository) throws IOException {
    return find(repository, RepositoryState::record);
  }

  @Override
  public Optional<BlobLink> blobLink(RepositoryName repository, Digest digest) throws IOException {
    return find(repository, state -> state.links.get(digest.toString()));
  }

  @Override
  public Page<BlobLink> blobLinks(RepositoryName repository, PageRequest page) throws IOException {
    return list(repository, state -> Paging.page(state.links, page, link -> link));
  }

  @Override
  public Optional<StoredManifest> manifest(RepositoryName repository, Digest digest)
      throws IOException {
    return find(repository, state -> state.manifests.get(digest.toString()));
  }

  @Override
  public Page<ManifestRecord> manifests(RepositoryName repository, PageRequest page)
      throws IOException {
    return list(repository, state -> Paging.page(state.manifests, page, StoredManifest::record));
  }

  @Override
  public Page<ManifestRecord> referrers(RepositoryName repository, Digest subject, PageRequest page)
      throws IOException {
    return list(
        repository, state -> Paging.page(state.referrers(subject), page, StoredManifest::record));
  }

  @Override
  public Optional<TagRecord> tag(RepositoryName repository, Tag tag) throws IOException {
    return find(repository, state -> state.tags.get(tag.value()));
  }

  @Override
  public Page<TagRecord> tags(RepositoryName repository, PageRequest page) throws IOException {
    return list(repository, state -> Paging.page(state.tags, page, tag -> tag));
  }

  @Override
  public List<Tag> tagsOf(RepositoryName repository, Digest digest) throws IOException {
    return read(
        () -> {
          RepositoryState state = tables.repositories.get(repository.value());
          return state == null
              ? List.of()
              : state.tagsOn(digest).values().stream().map(TagRecord::tag).toList();
        });
  }

  @Override
  public CommitResult commit(RepositoryName repository, Instant at, List<Change> changes)
      throws IOException {
    if (changes.isEmpty()) {
      throw new IllegalArgumentException("a commit needs a change");
    }
    return write(
        () -> {
          commits++;
          return new Commit(tables, repository, at).run(changes);
        });
  }

  @Override
  public List<PendingEvent> pendingEvents(int limit) throws IOException {
    if (limit < 1) {
      throw new IllegalArgumentException("limit is below one");
    }
    return read(
        () -> {
          List<PendingEvent> events = new ArrayList<>();
          for (Map.Entry<String, Map<String, EventRecord>> outbox : tables.outboxes.entrySet()) {
            RepositoryName repository = RepositoryName.parse(outbox.getKey());
            for (EventRecord event : outbox.getValue().values()) {
              if (events.size() == limit) {
                return events;
              }
              events.add(new PendingEvent(repository, event));
            }
          }
          return events;
        });
  }

  @Override
  public void acknowledgeEvents(RepositoryName repository, Set<String> ids) throws IOException {
    write(
        () -> {
          Map<String, EventRecord> outbox = tables.outboxes.get(repository.value());
          if (outbox != null) {
            for (String id : ids) {
              EventRecord event = outbox.remove(id);
              if (event != null) {
                tables.capacity.release(event.payload().length());
              }
            }
            if (outbox.isEmpty()) {
              tables.outboxes.remove(repository.value());
            }
          }
          return ids;
        });
  }

  /** Lets the heap have everything back; the store is closed. */
  void clear() {
    lock.writeLock().lock();
    try {
      tables.repositories.clear();
      tables.outboxes.clear();
    } finally {
      lock.writeLock().unlock();
    }
  }

  private <T> Optional<T> find(
      RepositoryName repository, Function<RepositoryState, @Nullable T> lookup) throws IOException {
    return read(
        () -> {
          RepositoryState state = tables.repositories.get(repository.value());
          return state == null ? Optional.empty() : Optional.ofNullable(lookup.apply(state));
        });
  }

  private <T> Page<T> list(RepositoryName repository, Function<RepositoryState, Page<T>> lookup)
      throws IOException {
    return read(
        () -> {
          RepositoryState state = tables.repositories.get(repository.value());
          return state == null ? Page.empty() : lookup.apply(state);
        });
  }

  private interface Work<T> {
    T run();
  }

  private <T> T read(Work<T> work) throws IOException {
    return under(lock.readLock(), work);
  }

  private <T> T write(Work<T> work) throws IOException {
    return under(lock.writeLock(), work);
  }

  private <T> T under(Lock side, Work<T> work) throws IOException {
    side.lock();
    try {
      lifecycle.ensureOpen();
      return work.run();
    } finally {
      side.unlock();
    }
  }
}
