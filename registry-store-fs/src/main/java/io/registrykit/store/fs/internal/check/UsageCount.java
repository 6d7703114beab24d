package io.registrykit.store.fs.internal.check;

import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.store.BlobLink;
import io.registrykit.spi.store.RepositoryStore;
import io.registrykit.store.fs.RepositoryUsage;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;

/** Counts what a repository holds and nobody else does. For one thread. */
public final class UsageCount {
  private final RepositoryStore names;

  /** A count over some names. */
  public UsageCount(RepositoryStore names) {
    this.names = names;
  }

  /** The figures of a repository; one that does not exist has none. */
  public RepositoryUsage of(RepositoryName name) throws IOException {
    Map<Digest, Long> unique = new HashMap<>();
    Pages.each(
        request -> names.blobLinks(name, request), link -> unique.put(link.digest(), link.size()));
    long blobs = unique.size();
    long all = sum(unique);
    Pages.each(
        names::repositories,
        other -> {
          if (!other.equals(name)) {
            removeThoseOf(other, unique);
          }
        });
    long[] manifests = manifests(name);
    long left = sum(unique);
    return new RepositoryUsage(name, blobs, left, all - left, manifests[0], manifests[1]);
  }

  /**
   * The figures of all repositories, which are read twice.
   *
   * @param found told of each in the order of their names
   */
  public void ofAll(Consumer<? super RepositoryUsage> found) throws IOException {
    Holders holders = new Holders();
    Pages.each(
        names::repositories,
        name ->
            Pages.each(
                request -> names.blobLinks(name, request), link -> holders.add(link.digest())));
    Pages.each(names::repositories, name -> found.accept(count(name, holders)));
  }

  private RepositoryUsage count(RepositoryName name, Holders holders) throws IOException {
    long[] sums = new long[3];
    Pages.each(
        request -> names.blobLinks(name, request),
        link -> {
          sums[0]++;
          sums[holders.isShared(link.digest()) ? 2 : 1] += link.size();
        });
    long[] manifests = manifests(name);
    return new RepositoryUsage(name, sums[0], sums[1], sums[2], manifests[0], manifests[1]);
  }

  private long[] manifests(RepositoryName name) throws IOException {
    long[] manifests = new long[2];
    Pages.each(
        request -> names.manifests(name, request),
        record -> {
          manifests[0]++;
          manifests[1] += record.descriptor().size();
        });
    return manifests;
  }

  private void removeThoseOf(RepositoryName other, Map<Digest, Long> unique) throws IOException {
    Iterator<Digest> rest = unique.keySet().iterator();
    while (rest.hasNext()) {
      if (names.blobLink(other, rest.next()).map(BlobLink::digest).isPresent()) {
        rest.remove();
      }
    }
  }

  private static long sum(Map<Digest, Long> sizes) {
    return sizes.values().stream().mapToLong(Long::longValue).sum();
  }
}
