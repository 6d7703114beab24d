package io.registrykit.store.fs.internal.names;

import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.Attributes;
import io.registrykit.spi.store.BlobLink;
import io.registrykit.spi.store.ManifestRecord;
import io.registrykit.spi.store.RepositoryRecord;
import io.registrykit.spi.store.TagRecord;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a repository that exists has, and the indexes over it. Read and written under the lock of
 * its {@link Cell}; every write goes through an {@link UndoLog}.
 */
final class RepositoryState {
  final NavigableMap<Digest, BlobLink> links = new TreeMap<>();
  final NavigableMap<Digest, ManifestRecord> manifests = new TreeMap<>();
  final NavigableMap<String, TagRecord> tags = new TreeMap<>();

  /** How many manifests name a blob. */
  private final Map<Digest, Integer> blobUses = new HashMap<>();

  /** How many manifests name a manifest as their part. */
  private final Map<Digest, Integer> manifestUses = new HashMap<>();

  /** The manifests that name a subject. */
  private final Map<Digest, NavigableMap<Digest, ManifestRecord>> referrers = new HashMap<>();

  /** The tags on a manifest; one that is alone takes little room. */
  private final Map<Digest, Collection<String>> tagsByTarget = new HashMap<>();

  Instant createdAt;
  Instant updatedAt;
  Attributes attributes = Attributes.UNLOCKED;

  RepositoryState(Instant createdAt) {
    this.createdAt = createdAt;
    this.updatedAt = createdAt;
  }

  RepositoryRecord record(RepositoryName name) {
    return new RepositoryRecord(
        name, createdAt, updatedAt, manifests.size(), tags.size(), attributes);
  }

  /** How many entries there are, as a measure of the memory that they take. */
  long entries() {
    return links.size() + 3L * manifests.size() + tags.size();
  }

  boolean isReferenced(Digest blob) {
    return blobUses.containsKey(blob);
  }

  /** Whether a tag points to a manifest, or another manifest names it. */
  boolean isUsed(Digest manifest) {
    return tagsByTarget.containsKey(manifest)
        || referrers.containsKey(manifest)
        || manifestUses.containsKey(manifest);
  }

  /** Whether another manifest names a manifest as its part. */
  boolean isPart(Digest manifest) {
    return manifestUses.containsKey(manifest);
  }

  NavigableMap<Digest, ManifestRecord> referrers(Digest subject) {
    return referrers.getOrDefault(subject, Collections.emptyNavigableMap());
  }

  /** The tags on a manifest, sorted; a copy. */
  List<Tag> tagsOn(Digest manifest) {
    return tagsByTarget.getOrDefault(manifest, List.of()).stream().sorted().map(Tag::new).toList();
  }

  void putManifest(UndoLog log, ManifestRecord manifest) {
    ManifestRecord before = log.put(manifests, manifest.digest(), manifest);
    if (before != null) {
      unindex(log, before);
    }
    count(log, blobUses, manifest.blobs(), 1);
    count(log, manifestUses, manifest.manifests(), 1);
    Digest subject = manifest.subject();
    if (subject != null) {
      NavigableMap<Digest, ManifestRecord> group = referrers.get(subject);
      if (group == null) {
        group = new TreeMap<>();
        log.put(referrers, subject, group);
      }
      log.put(group, manifest.digest(), manifest);
    }
  }

  void removeManifest(UndoLog log, Digest digest) {
    ManifestRecord before = log.remove(manifests, digest);
    if (before != null) {
      unindex(log, before);
    }
  }

  private void unindex(UndoLog log, ManifestRecord manifest) {
    count(log, blobUses, manifest.blobs(), -1);
    count(log, manifestUses, manifest.manifests(), -1);
    Digest subject = manifest.subject();
    if (subject == null) {
      return;
    }
    NavigableMap<Digest, ManifestRecord> group = referrers.get(subject);
    if (group != null) {
      log.remove(group, manifest.digest());
      if (group.isEmpty()) {
        log.remove(referrers, subject);
      }
    }
  }

  private static void count(
      UndoLog log, Map<Digest, Integer> uses, Collection<Digest> digests, int change) {
    for (Digest digest : digests) {
      int after = uses.getOrDefault(digest, 0) + change;
      if (after <= 0) {
        log.remove(uses, digest);
      } else {
        log.put(uses, digest, after);
      }
    }
  }

  void putTag(UndoLog log, TagRecord tag) {
    String key = tag.tag().value();
    TagRecord before = log.put(tags, key, tag);
    if (before != null && before.target().equals(tag.target())) {
      return;
    }
    if (before != null) {
      removeFromTarget(log, before.target(), key);
    }
    addToTarget(log, tag.target(), key);
  }

  void removeTag(UndoLog log, Tag tag) {
    TagRecord before = log.remove(tags, tag.value());
    if (before != null) {
      removeFromTarget(log, before.target(), tag.value());
    }
  }

  private void addToTarget(UndoLog log, Digest target, String tag) {
    Collection<String> group = tagsByTarget.get(target);
    if (group == null) {
      log.put(tagsByTarget, target, List.of(tag));
      return;
    }
    if (!(group instanceof TreeSet)) {
      group = new TreeSet<>(group);
      log.put(tagsByTarget, target, group);
    }
    Collection<String> grown = group;
    grown.add(tag);
    log.add(() -> grown.remove(tag));
  }

  private void removeFromTarget(UndoLog log, Digest target, String tag) {
    Collection<String> group = tagsByTarget.get(target);
    if (group == null) {
      return;
    }
    if (group.size() == 1) {
      log.remove(tagsByTarget, target);
      return;
    }
    group.remove(tag);
    log.add(() -> group.add(tag));
  }
}
