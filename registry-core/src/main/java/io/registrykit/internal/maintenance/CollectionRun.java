package io.registrykit.internal.maintenance;

import io.registrykit.maintenance.CollectionReport;
import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.store.BlobStore;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * One collection, from the first repository to the last blob. Not safe for use by several threads
 * at once.
 *
 * <p>Why the sweep is safe: a blob is deleted only if it was in no repository when that was looked
 * at. Whoever linked it afterwards touched it before that, and later than the cutoff unless a
 * single call took longer than the grace; and the store does not delete what was touched since the
 * cutoff.
 */
public final class CollectionRun {
  private static final int MAX_CANDIDATES = 100_000;

  private final CollectionSettings settings;
  private final boolean rehearsal;
  private final Instant cutoff;
  private final Tally tally;

  /** The blobs that some repository has, and those that were dealt with. */
  private final DigestSet settled = new DigestSet();

  /**
   * A collection that has not begun.
   *
   * @param settings what to go by
   * @param rehearsal whether to leave everything as it is
   */
  public CollectionRun(CollectionSettings settings, boolean rehearsal) {
    this.settings = settings;
    this.rehearsal = rehearsal;
    this.cutoff = settings.clock().instant().minus(settings.grace());
    this.tally = new Tally(settings.listener(), new Pacer(settings.maxObjectsPerSecond()));
  }

  /**
   * Runs it.
   *
   * @return what was done
   * @throws IOException if the store fails
   */
  public CollectionReport run() throws IOException {
    Pages.walk(
        settings.store().repositories()::repositories,
        names -> {
          for (RepositoryName name : names) {
            if (!sweep(name)) {
              return false;
            }
          }
          return true;
        });
    if (tally.goesOn()) {
      sweepBlobs();
    }
    tally.progress();
    return tally.report();
  }

  private boolean sweep(RepositoryName name) throws IOException {
    DigestSet condemned = new UntaggedSweep(settings, rehearsal, tally, name).run();
    if (tally.goesOn()) {
      new LinkSweep(settings, rehearsal, tally, name, cutoff).run(condemned, settled);
    }
    tally.repository();
    return tally.goesOn();
  }

  /** Looks first and deletes afterwards, so much at a time as can be kept in mind. */
  private void sweepBlobs() throws IOException {
    BlobStore blobs = settings.store().blobs();
    List<Digest> candidates = new ArrayList<>();
    boolean again = false;
    do {
      boolean counted = again;
      candidates.clear();
      blobs.forEach(digest -> consider(digest, candidates, counted));
      for (Digest candidate : candidates) {
        if (!tally.goesOn()) {
          return;
        }
        delete(blobs, candidate);
        settled.add(candidate);
      }
      tally.progress();
      again = candidates.size() == MAX_CANDIDATES;
    } while (again && tally.goesOn());
  }

  private void consider(Digest digest, List<Digest> candidates, boolean counted) {
    if (!tally.goesOn()) {
      return;
    }
    if (!counted) {
      tally.blob();
    }
    if (candidates.size() < MAX_CANDIDATES && !settled.contains(digest)) {
      candidates.add(digest);
    }
  }

  private void delete(BlobStore blobs, Digest digest) throws IOException {
    OptionalLong bytes = blobs.size(digest);
    if (rehearsal ? bytes.isPresent() : blobs.deleteIfUntouchedSince(digest, cutoff)) {
      tally.blobDeleted(digest, bytes.orElse(0));
    }
  }
}
