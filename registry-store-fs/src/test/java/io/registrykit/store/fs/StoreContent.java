package io.registrykit.store.fs;

import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.model.Hasher;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.store.BlobContent;
import io.registrykit.spi.store.BlobLink;
import io.registrykit.spi.store.ManifestRecord;
import io.registrykit.spi.store.RepositoryStore;
import io.registrykit.spi.store.StoreUsage;
import io.registrykit.spi.store.StoredManifest;
import io.registrykit.spi.store.TagRecord;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** All that can be read from a store, read and checked, as lines of text. */
final class StoreContent {
  private static final PageRequest ALL = new PageRequest(1_000_000, null);

  private final FileBlobs blobs;
  private final RepositoryStore names;
  private final List<String> lines = new ArrayList<>();

  private StoreContent(Engine engine) {
    blobs = engine.blobs();
    names = engine.repositories();
  }

  static List<String> of(Engine engine) throws IOException {
    StoreContent content = new StoreContent(engine);
    content.readBlobs();
    for (RepositoryName name : content.names.repositories(ALL).items()) {
      content.read(name);
    }
    content.names.pendingEvents(1000).forEach(event -> content.lines.add(event.toString()));
    return content.lines;
  }

  /** What can be read of one repository. */
  static List<String> of(Engine engine, RepositoryName name) throws IOException {
    StoreContent content = new StoreContent(engine);
    content.read(name);
    return content.lines;
  }

  private void readBlobs() throws IOException {
    TreeSet<Digest> digests = new TreeSet<>();
    blobs.forEach(digests::add);
    long bytes = 0;
    for (Digest digest : digests) {
      bytes += readBlob(digest);
    }
    StoreUsage usage = blobs.usage();
    if (usage.blobs() != digests.size() || usage.blobBytes() != bytes) {
      throw new AssertionError(
          usage + " is not the truth: " + digests.size() + " blobs with " + bytes + " bytes");
    }
    lines.add("blobs " + digests);
  }

  private long readBlob(Digest digest) throws IOException {
    try (BlobContent content =
            blobs.open(digest).orElseThrow(() -> new AssertionError(digest + " is missing"));
        InputStream in = content.openStream(0)) {
      Hasher hasher = digest.algorithm().newHasher();
      byte[] all = in.readAllBytes();
      hasher.update(all, 0, all.length);
      if (!hasher.digest().equals(digest)) {
        throw new AssertionError(digest + " has other bytes");
      }
      return all.length;
    }
  }

  private void read(RepositoryName name) throws IOException {
    lines.add(names.repository(name).orElseThrow().toString());
    for (BlobLink link : names.blobLinks(name, ALL).items()) {
      if (blobs.size(link.digest()).isEmpty()) {
        throw new AssertionError(link + " dangles");
      }
      lines.add(link.toString());
    }
    for (ManifestRecord record : names.manifests(name, ALL).items()) {
      StoredManifest stored = names.manifest(name, record.digest()).orElseThrow();
      Bytes bytes = stored.raw().content();
      lines.add(
          record.digest()
              + " "
              + bytes.length()
              + " "
              + record.subject()
              + " "
              + record.updatedAt());
      for (Digest blob : record.blobs()) {
        if (names.blobLink(name, blob).isEmpty()) {
          throw new AssertionError(record.digest() + " lacks " + blob);
        }
      }
    }
    for (TagRecord tag : names.tags(name, ALL).items()) {
      if (names.manifest(name, tag.target()).isEmpty()) {
        throw new AssertionError(tag + " dangles");
      }
      lines.add(tag.toString());
    }
  }
}
