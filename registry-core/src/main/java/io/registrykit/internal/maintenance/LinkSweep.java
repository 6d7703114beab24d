package io.registrykit.internal.maintenance;

import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.store.BlobLink;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.CommitResult;
import io.registrykit.spi.store.CommitResult.Rejected;
import io.registrykit.spi.store.ManifestRecord;
import io.registrykit.spi.store.RepositoryStore;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes blobs that no manifest names out of one repository. Not safe for use by several threads at
 * once.
 */
final class LinkSweep {
  /** How many go in one commit: a durable store flushes once for all of them. */
  private static final int BATCH = 100;

  private final CollectionSettings settings;
  private final RepositoryStore names;
  private final boolean rehearsal;
  private final Tally tally;
  private final RepositoryName name;
  private final Instant cutoff;

  LinkSweep(
      CollectionSettings settings,
      boolean rehearsal,
      Tally tally,
      RepositoryName name,
      Instant cutoff) {
    this.settings = settings;
    this.names = settings.store().repositories();
    this.rehearsal = rehearsal;
    this.tally = tally;
    this.name = name;
    this.cutoff = cutoff;
  }

  /**
   * Runs it.
   *
   * @param condemned manifests that count as gone, in a rehearsal
   * @param linked gets the blobs that the repository keeps
   */
  void run(DigestSet condemned, DigestSet linked) throws IOException {
    DigestSet named = named(condemned);
    Pages.<BlobLink>walk(
        page -> names.blobLinks(name, page),
        links -> {
          List<Digest> candidates = new ArrayList<>();
          for (BlobLink link : links) {
            tally.look();
            if (named.contains(link.digest()) || !link.linkedAt().isBefore(cutoff)) {
              linked.add(link.digest());
            } else {
              candidates.add(link.digest());
            }
          }
          for (int i = 0; i < candidates.size(); i += BATCH) {
            List<Digest> batch = candidates.subList(i, Math.min(i + BATCH, candidates.size()));
            unlink(new ArrayList<>(batch), linked);
          }
          return tally.goesOn();
        });
  }

  private DigestSet named(DigestSet condemned) throws IOException {
    DigestSet named = new DigestSet();
    Pages.<ManifestRecord>walk(
        page -> names.manifests(name, page),
        manifests -> {
          for (ManifestRecord manifest : manifests) {
            tally.manifest();
            if (!condemned.contains(manifest.digest())) {
              manifest.blobs().forEach(named::add);
            }
          }
          return tally.goesOn();
        });
    return named;
  }

  /** What a push took back meanwhile is left out, and the rest tried again. */
  private void unlink(List<Digest> batch, DigestSet linked) throws IOException {
    while (!batch.isEmpty() && !rehearsal && tally.goesOn()) {
      CommitResult result =
          names.commit(
              name,
              settings.clock().instant(),
              batch.stream()
                  .<Change>map(digest -> new Change.UnlinkBlob(digest, true, cutoff))
                  .toList());
      if (!(result instanceof Rejected rejected)) {
        break;
      }
      linked.add(batch.remove(rejected.changeIndex()));
    }
    if (tally.goesOn()) {
      batch.forEach(digest -> tally.unlinked(name, digest));
    }
  }
}
