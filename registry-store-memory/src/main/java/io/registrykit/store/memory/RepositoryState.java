package io.registrykit.store.memory;

import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.Attributes;
import io.registrykit.spi.store.BlobLink;
import io.registrykit.spi.store.RepositoryRecord;
import io.registrykit.spi.store.StoredManifest;
import io.registrykit.spi.store.TagRecord;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * What one repository has, and the indexes over it; keys are wire forms. Read and written under the
 * lock of {@link MemoryRepositories}; every write goes through an {@link UndoLog}.
 */
final class RepositoryState {
  final NavigableMap<String, BlobLink> links = new TreeMap<>();
  final NavigableMap<String, StoredManifest> manifests = new TreeMap<>();
  final NavigableMap<String, TagRecord> tags = new TreeMap<>();

  /** How many manifests name a blob. */
  private final Map<String, Integer> blobUses = new TreeMap<>();

  /** How many manifests name a manifest as their part. */
  private final Map<String, Integer> manifestUses = new TreeMap<>();

  /** The manifests that name a subject. */
  private final Map<String, NavigableMap<String, StoredManifest>> referrers = new TreeMap<>();

  /** The tags on a manifest. */
  private final Map<String, NavigableMap<String, TagRecord>> tagsByTarget = new TreeMap<>();

  private final RepositoryName name;
  private final Instant createdAt;
  private Instant updatedAt;
  private Attributes attributes = Attributes.UNLOCKED;

  RepositoryState(RepositoryName name, Instant createdAt) {
    this.name = name;
    this.createdAt = createdAt;
    this.updatedAt = createdAt;
  }

  RepositoryRecord record() {
    return new RepositoryRecord(
        name, createdAt, updatedAt, manifests.size(), tags.size(), attributes);
  }

  Attributes attributes() {
    return attributes;
  }

  boolean isReferenced(Digest blob) {
    return blobUses.containsKey(blob.toString());
  }

  /** Whether a tag points to a manifest, or another manifest names it. */
  boolean isUsed(Digest manifest) {
    return !tagsOn(manifest).isEmpty()
        || !referrers(manifest).isEmpty()
        || manifestUses.containsKey(manifest.toString());
  }

  NavigableMap<String, StoredManifest> referrers(Digest subject) {
    return referrers.getOrDefault(subject.toString(), Collections.emptyNavigableMap());
  }

  NavigableMap<String, TagRecord> tagsOn(Digest manifest) {
    return tagsByTarget.getOrDefault(manifest.toString(), Collections.emptyNavigableMap());
  }

  void update(UndoLog log, Instant at) {
    Instant before = updatedAt;
    updatedAt = at;
    log.add(() -> updatedAt = before);
  }

  void lock(UndoLog log, Attributes newAttributes) {
    Attributes before = attributes;
    attributes = newAttributes;
    log.add(() -> attributes = before);
  }

  void putManifest(UndoLog log, StoredManifest manifest) {
    String key = manifest.record().digest().toString();
    StoredManifest before = log.put(manifests, key, manifest);
    if (before != null) {
      unindex(log, key, before);
    }
    count(log, blobUses, manifest.record().blobs(), 1);
    count(log, manifestUses, manifest.record().manifests(), 1);
    Digest subject = manifest.record().subject();
    if (subject != null) {
      addTo(log, referrers, subject.toString(), key, manifest);
    }
  }

  void removeManifest(UndoLog log, Digest digest) {
    String key = digest.toString();
    StoredManifest before = log.remove(manifests, key);
    if (before != null) {
      unindex(log, key, before);
    }
  }

  private void unindex(UndoLog log, String key, StoredManifest manifest) {
    count(log, blobUses, manifest.record().blobs(), -1);
    count(log, manifestUses, manifest.record().manifests(), -1);
    Digest subject = manifest.record().subject();
    if (subject != null) {
      removeFrom(log, referrers, subject.toString(), key);
    }
  }

  private static void count(
      UndoLog log, Map<String, Integer> uses, Set<Digest> digests, int change) {
    for (Digest digest : digests) {
      String key = digest.toString();
      int after = uses.getOrDefault(key, 0) + change;
      if (after == 0) {
        log.remove(uses, key);
      } else {
        log.put(uses, key, after);
      }
    }
  }

  void putTag(UndoLog log, TagRecord tag) {
    String key = tag.tag().value();
    TagRecord before = log.put(tags, key, tag);
    if (before != null && !before.target().equals(tag.target())) {
      removeFrom(log, tagsByTarget, before.target().toString(), key);
    }
    addTo(log, tagsByTarget, tag.target().toString(), key, tag);
  }

  void removeTag(UndoLog log, Tag tag) {
    TagRecord before = log.remove(tags, tag.value());
    if (before != null) {
      removeFrom(log, tagsByTarget, before.target().toString(), tag.value());
    }
  }

  private static <V> void addTo(
      UndoLog log, Map<String, NavigableMap<String, V>> index, String of, String key, V value) {
    NavigableMap<String, V> group = index.get(of);
    if (group == null) {
      group = new TreeMap<>();
      log.put(index, of, group);
    }
    log.put(group, key, value);
  }

  private static <V> void removeFrom(
      UndoLog log, Map<String, NavigableMap<String, V>> index, String of, String key) {
    NavigableMap<String, V> group = index.get(of);
    if (group != null) {
      log.remove(group, key);
      if (group.isEmpty()) {
        log.remove(index, of);
      }
    }
  }
}
