package io.registrykit.spi.tck;

import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.BlobLink;
import io.registrykit.spi.store.ManifestRecord;
import io.registrykit.spi.store.PendingEvent;
import io.registrykit.spi.store.RegistryStore;
import io.registrykit.spi.store.RepositoryRecord;
import io.registrykit.spi.store.RepositoryStore;
import io.registrykit.spi.store.StoreUsage;
import io.registrykit.spi.store.StoredManifest;
import io.registrykit.spi.store.TagRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All that the ports tell of a store, to compare two stores or one with itself. Immutable.
 *
 * @param repositories what each has
 * @param events what waits
 * @param blobs the sizes of blobs
 * @param usage what the store says it holds
 */
record StoreDump(
    Map<RepositoryName, Contents> repositories,
    List<PendingEvent> events,
    Map<Digest, Long> blobs,
    StoreUsage usage) {

  /** What one repository has. */
  record Contents(
      RepositoryRecord record,
      List<BlobLink> links,
      List<StoredManifest> manifests,
      List<TagRecord> tags,
      Map<Digest, List<Tag>> tagsOf,
      Map<Digest, List<ManifestRecord>> referrers) {}

  /**
   * Reads everything.
   *
   * @param store the store, which nobody else uses meanwhile
   * @param subjects digests whose referrers to ask for, beside those of the manifests
   */
  static StoreDump of(RegistryStore store, List<Digest> subjects) throws IOException {
    RepositoryStore names = store.repositories();
    Map<RepositoryName, Contents> contents = new TreeMap<>();
    for (RepositoryName name : StoreLaws.walk(names::repositories, 2)) {
      contents.put(name, contents(names, name, subjects));
    }
    Map<Digest, Long> blobs = new TreeMap<>();
    List<Digest> seen = new ArrayList<>();
    store.blobs().forEach(seen::add);
    for (Digest digest : seen) {
      OptionalLong size = store.blobs().size(digest);
      blobs.put(digest, size.orElse(-1));
    }
    return new StoreDump(contents, names.pendingEvents(10_000), blobs, store.blobs().usage());
  }

  private static Contents contents(
      RepositoryStore names, RepositoryName name, List<Digest> subjects) throws IOException {
    List<ManifestRecord> records = StoreLaws.walk(page -> names.manifests(name, page), 3);
    TreeSet<Digest> digests = new TreeSet<>(subjects);
    for (ManifestRecord record : records) {
      digests.add(record.digest());
      if (record.subject() != null) {
        digests.add(record.subject());
      }
    }
    List<StoredManifest> manifests = new ArrayList<>();
    Map<Digest, List<Tag>> tagsOf = new TreeMap<>();
    Map<Digest, List<ManifestRecord>> referrers = new TreeMap<>();
    for (Digest digest : digests) {
      names.manifest(name, digest).ifPresent(manifests::add);
      tagsOf.put(digest, names.tagsOf(name, digest));
      referrers.put(digest, StoreLaws.walk(page -> names.referrers(name, digest, page), 2));
    }
    return new Contents(
        names.repository(name).orElseThrow(),
        StoreLaws.walk(page -> names.blobLinks(name, page), 3),
        manifests,
        StoreLaws.walk(page -> names.tags(name, page), 3),
        tagsOf,
        referrers);
  }
}
