package io.registrykit.store.fs.internal.check;

import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import io.registrykit.store.fs.CheckListener;
import io.registrykit.store.fs.CheckReport;
import io.registrykit.store.fs.Finding;
import io.registrykit.store.fs.internal.names.FileRepositories;
import io.registrykit.store.fs.internal.names.Names;
import io.registrykit.store.fs.internal.names.RepositoryFolders;
import io.registrykit.store.fs.internal.pool.BlobCounters;
import io.registrykit.store.fs.internal.pool.BlobPool;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads everything in a store that nobody else uses, and mends what can be mended without
 * destroying anything that is intact. For one thread.
 */
public final class Check {
  private final BlobPool pool;
  private final BlobCounters counters;
  private final Names names;
  private final FileRepositories repositories;
  private final RepositoryFolders folders;
  private final Leftovers manifests;
  private final boolean repair;
  private final CheckListener listener;
  private long findings;
  private long repaired;

  /**
   * A check.
   *
   * @param repair whether to mend what is found
   * @param listener told of each finding at once, and how far the reading is
   */
  public Check(
      BlobPool pool,
      BlobCounters counters,
      Names names,
      FileRepositories repositories,
      RepositoryFolders folders,
      Leftovers manifests,
      boolean repair,
      CheckListener listener) {
    this.pool = pool;
    this.counters = counters;
    this.names = names;
    this.repositories = repositories;
    this.folders = folders;
    this.manifests = manifests;
    this.repair = repair;
    this.listener = listener;
  }

  /** Something that mends. */
  private interface Repair {
    boolean run() throws IOException;
  }

  /** A way to mend what nobody can. */
  private static boolean cannot() {
    return false;
  }

  private void found(Finding.Kind kind, Object subject, String detail, Repair how)
      throws IOException {
    report(new Finding(kind, subject.toString(), detail, repair && how.run()));
  }

  /** Tells of something that was found. */
  public void report(Finding finding) {
    findings++;
    repaired += finding.repaired() ? 1 : 0;
    listener.onFinding(finding);
  }

  /** Reads everything. */
  public CheckReport run() throws IOException {
    BlobVerifier verifier =
        new BlobVerifier(pool, counters, new RateLimit(Long.MAX_VALUE), listener);
    checkBlobs(verifier);
    Set<RepositoryName> all = new TreeSet<>();
    Set<RepositoryName> listed = new TreeSet<>();
    Optional<String> damage = names.catalogDamage();
    if (damage.isPresent()) {
      // Nobody can check without the list, so that it was made anew in any case.
      report(new Finding(Finding.Kind.CATALOG_DAMAGED, "catalog", damage.get(), true));
    }
    Pages.each(repositories::repositories, listed::add);
    folders.forEach(all::add);
    all.addAll(listed);
    for (RepositoryName name : all) {
      check(name, listed.contains(name));
    }
    return new CheckReport(verifier.blobs(), verifier.bytes(), all.size(), findings, repaired);
  }

  private void checkBlobs(BlobVerifier verifier) throws IOException {
    long[] sums = new long[2];
    pool.forEachShard(
        digests -> {
          for (Digest digest : digests) {
            Optional<String> wrong = verifier.verify(digest);
            if (wrong.isPresent()) {
              found(Finding.Kind.BLOB_DAMAGED, digest, wrong.get(), () -> pool.quarantine(digest));
            }
            long size = pool.size(digest);
            if (size >= 0) {
              sums[0]++;
              sums[1] += size;
            }
          }
        });
    BlobCounters.Counts counted = new BlobCounters.Counts(sums[0], sums[1]);
    if (!counted.equals(counters.get())) {
      found(
          Finding.Kind.COUNTERS_WRONG,
          "pool",
          counters.get() + " and not " + counted,
          () -> {
            counters.set(counted);
            return true;
          });
    }
  }

  private void check(RepositoryName name, boolean listed) throws IOException {
    boolean exists;
    try {
      exists = repositories.repository(name).isPresent();
    } catch (IOException e) {
      found(
          Finding.Kind.REPOSITORY_UNREADABLE, name, String.valueOf(e.getMessage()), Check::cannot);
      return;
    }
    List<Digest> leftovers = manifests.of(name, repositories);
    if (exists != listed) {
      found(
          Finding.Kind.REPOSITORY_UNLISTED,
          name,
          exists ? "exists and is not listed" : "is listed and does not exist",
          () -> {
            names.relist(name);
            return true;
          });
    }
    Pages.each(
        request -> repositories.blobLinks(name, request),
        link -> {
          if (pool.size(link.digest()) != link.size()) {
            found(Finding.Kind.BLOB_MISSING, link.digest(), "is named by " + name, Check::cannot);
          }
        });
    Pages.each(
        request -> repositories.manifests(name, request),
        record -> checkManifest(name, record.digest()));
    Pages.each(
        request -> repositories.tags(name, request),
        tag -> {
          if (!repositories.hasManifest(name, tag.target())) {
            found(Finding.Kind.TAG_DANGLING, name + ":" + tag.tag(), "no manifest", Check::cannot);
          }
        });
    for (Digest leftover : leftovers) {
      found(
          Finding.Kind.LEFTOVER,
          name + "@" + leftover,
          "manifest that the repository does not have",
          () -> manifests.delete(name, leftover));
    }
    if (repair) {
      names.showAnew(name);
    }
  }

  private void checkManifest(RepositoryName name, Digest digest) throws IOException {
    try {
      repositories.verifyManifest(name, digest);
    } catch (IOException e) {
      found(
          Finding.Kind.MANIFEST_DAMAGED,
          name + "@" + digest,
          String.valueOf(e.getMessage()),
          Check::cannot);
    }
  }
}
