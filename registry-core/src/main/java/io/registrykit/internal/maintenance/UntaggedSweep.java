package io.registrykit.internal.maintenance;

import io.registrykit.internal.embedded.Events;
import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.auth.Principal;
import io.registrykit.spi.event.RegistryEvent;
import io.registrykit.spi.store.Attributes;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.CommitResult;
import io.registrykit.spi.store.ManifestRecord;
import io.registrykit.spi.store.RepositoryStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Deletes the manifests of one repository that the retention policy does not keep. Not safe for use
 * by several threads at once.
 */
final class UntaggedSweep {
  private static final Principal ACTOR = new Principal("garbage-collector");

  /** An index goes before its parts, a referrer before its subject: one pass for each level. */
  private static final int MAX_PASSES = 100;

  private final CollectionSettings settings;
  private final RepositoryStore names;
  private final boolean rehearsal;
  private final Tally tally;
  private final RepositoryName name;
  private final DigestSet condemned = new DigestSet();

  UntaggedSweep(CollectionSettings settings, boolean rehearsal, Tally tally, RepositoryName name) {
    this.settings = settings;
    this.names = settings.store().repositories();
    this.rehearsal = rehearsal;
    this.tally = tally;
    this.name = name;
  }

  /** When a manifest has to be pushed to be kept for that alone; empty when all are kept. */
  static Optional<Instant> cutoff(CollectionSettings settings) {
    Instant now = settings.clock().instant();
    Duration grace = settings.grace();
    return settings
        .retention()
        .untagged()
        .map(age -> now.minus(age.compareTo(grace) < 0 ? grace : age));
  }

  /**
   * Runs it.
   *
   * @return the manifests that would go, in a rehearsal; else none
   */
  DigestSet run() throws IOException {
    Optional<Instant> cutoff = cutoff(settings);
    if (cutoff.isPresent() && isWritable()) {
      Optional<DigestSet> kept = ManifestMarks.kept(names, name, cutoff.get(), tally);
      if (kept.isPresent()) {
        sweep(kept.get(), cutoff.get());
      }
    }
    return condemned;
  }

  private boolean isWritable() throws IOException {
    return names
        .repository(name)
        .map(found -> found.attributes().allows(Attributes.Use.WRITE))
        .orElse(false);
  }

  private void sweep(DigestSet kept, Instant cutoff) throws IOException {
    boolean progress = true;
    for (int pass = 0; progress && pass < MAX_PASSES && tally.goesOn(); pass++) {
      progress = pass(kept, cutoff);
    }
  }

  /** Returns whether anything was deleted, so that more may be free to go. */
  private boolean pass(DigestSet kept, Instant cutoff) throws IOException {
    boolean[] progress = {false};
    Pages.<ManifestRecord>walk(
        page -> names.manifests(name, page),
        manifests -> {
          for (ManifestRecord manifest : manifests) {
            tally.look();
            Digest digest = manifest.digest();
            if (kept.contains(digest) || !tally.goesOn()) {
              continue;
            }
            if (rehearsal) {
              condemned.add(digest);
              tally.manifestDeleted(name, digest);
            } else if (delete(digest, cutoff)) {
              progress[0] = true;
              tally.manifestDeleted(name, digest);
            }
          }
          return tally.goesOn();
        });
    return progress[0];
  }

  private boolean delete(Digest digest, Instant cutoff) throws IOException {
    Instant now = settings.clock().instant();
    CommitResult result =
        names.commit(
            name,
            now,
            List.of(
                new Change.RequireUnlocked(null, Attributes.Use.WRITE),
                new Change.RequireUnlocked(digest, Attributes.Use.DELETE),
                new Change.RequireUnused(digest, cutoff),
                new Change.DeleteManifest(digest)));
    if (!(result instanceof CommitResult.Applied)) {
      return false;
    }
    Events.tell(
        settings.events(),
        new RegistryEvent.ManifestDeleted(
            UUID.randomUUID().toString(), now, ACTOR, name, digest, Set.of()));
    return true;
  }
}
