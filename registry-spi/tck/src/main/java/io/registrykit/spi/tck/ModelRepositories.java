package io.registrykit.spi.tck;

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
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** The names of the {@link ReferenceModel}; every method excludes every other. */
final class ModelRepositories implements RepositoryStore {
  private final ReferenceModel model;
  private final Map<RepositoryName, ModelRepository> all = new TreeMap<>();
  private final Map<RepositoryName, Map<String, EventRecord>> outboxes = new TreeMap<>();

  ModelRepositories(ReferenceModel model) {
    this.model = model;
  }

  private ModelRepository get(RepositoryName name) throws IOException {
    model.ensureOpen();
    return all.getOrDefault(name, new ModelRepository(Instant.EPOCH));
  }

  synchronized long bytes() {
    return all.values().stream().mapToLong(ModelRepository::bytes).sum();
  }

  /** Sorts everything by its wire form and cuts out what was asked for. */
  private static <T> Page<T> page(
      Collection<T> items, Function<T, String> wireForm, PageRequest page) {
    List<T> rest = new ArrayList<>();
    for (T item : items) {
      if (page.after() == null || wireForm.apply(item).compareTo(page.after()) > 0) {
        rest.add(item);
      }
    }
    rest.sort(Comparator.comparing(wireForm));
    if (rest.size() <= page.limit()) {
      return new Page<>(rest, null);
    }
    List<T> part = rest.subList(0, page.limit());
    return new Page<>(part, wireForm.apply(part.get(part.size() - 1)));
  }

  @Override
  public synchronized Page<RepositoryName> repositories(PageRequest page) throws IOException {
    model.ensureOpen();
    return page(all.keySet(), RepositoryName::value, page);
  }

  @Override
  public synchronized Optional<RepositoryRecord> repository(RepositoryName name)
      throws IOException {
    ModelRepository it = get(name);
    return all.containsKey(name)
        ? Optional.of(
            new RepositoryRecord(
                name,
                it.createdAt,
                it.updatedAt,
                it.manifests.size(),
                it.tags.size(),
                it.attributes))
        : Optional.empty();
  }

  @Override
  public synchronized Optional<BlobLink> blobLink(RepositoryName name, Digest digest)
      throws IOException {
    return Optional.ofNullable(get(name).links.get(digest));
  }

  @Override
  public synchronized Page<BlobLink> blobLinks(RepositoryName name, PageRequest page)
      throws IOException {
    return page(get(name).links.values(), link -> link.digest().toString(), page);
  }

  @Override
  public synchronized Optional<StoredManifest> manifest(RepositoryName name, Digest digest)
      throws IOException {
    return Optional.ofNullable(get(name).manifests.get(digest));
  }

  @Override
  public synchronized Page<ManifestRecord> manifests(RepositoryName name, PageRequest page)
      throws IOException {
    return page(records(name), record -> record.digest().toString(), page);
  }

  private List<ManifestRecord> records(RepositoryName name) throws IOException {
    return get(name).manifests.values().stream().map(StoredManifest::record).toList();
  }

  @Override
  public synchronized Page<ManifestRecord> referrers(
      RepositoryName name, Digest subject, PageRequest page) throws IOException {
    List<ManifestRecord> referrers =
        records(name).stream().filter(record -> subject.equals(record.subject())).toList();
    return page(referrers, record -> record.digest().toString(), page);
  }

  @Override
  public synchronized Optional<TagRecord> tag(RepositoryName name, Tag tag) throws IOException {
    return Optional.ofNullable(get(name).tags.get(tag));
  }

  @Override
  public synchronized Page<TagRecord> tags(RepositoryName name, PageRequest page)
      throws IOException {
    return page(get(name).tags.values(), record -> record.tag().value(), page);
  }

  @Override
  public synchronized List<Tag> tagsOf(RepositoryName name, Digest digest) throws IOException {
    return get(name).tags.values().stream()
        .filter(record -> record.target().equals(digest))
        .map(TagRecord::tag)
        .sorted()
        .toList();
  }

  @Override
  public synchronized CommitResult commit(RepositoryName name, Instant at, List<Change> changes)
      throws IOException {
    model.ensureOpen();
    if (changes.isEmpty()) {
      throw new IllegalArgumentException("no changes");
    }
    Map<String, EventRecord> outbox = new LinkedHashMap<>(outboxes.getOrDefault(name, Map.of()));
    ModelCommit commit = new ModelCommit(all.get(name), outbox, at);
    CommitResult result = commit.run(changes);
    if (result instanceof CommitResult.Applied) {
      ModelRepository after = commit.state();
      long more = (after == null ? 0 : after.bytes()) - get(name).bytes();
      if (more > 0) {
        model.ensureRoom(more);
      }
      outboxes.put(name, outbox);
      if (after == null) {
        all.remove(name);
      } else {
        all.put(name, after);
      }
    }
    return result;
  }

  @Override
  public synchronized List<PendingEvent> pendingEvents(int limit) throws IOException {
    model.ensureOpen();
    List<PendingEvent> events = new ArrayList<>();
    outboxes.forEach(
        (name, outbox) ->
            outbox.values().forEach(event -> events.add(new PendingEvent(name, event))));
    return List.copyOf(events.subList(0, Math.min(limit, events.size())));
  }

  @Override
  public synchronized void acknowledgeEvents(RepositoryName name, Set<String> ids)
      throws IOException {
    model.ensureOpen();
    if (outboxes.containsKey(name)) {
      outboxes.get(name).keySet().removeAll(ids);
    }
  }
}
