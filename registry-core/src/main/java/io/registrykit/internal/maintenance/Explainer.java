package io.registrykit.internal.maintenance;

import io.registrykit.maintenance.CollectionListener;
import io.registrykit.maintenance.Explanation;
import io.registrykit.maintenance.Finding;
import io.registrykit.maintenance.Hold;
import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.BlobLink;
import io.registrykit.spi.store.ManifestRecord;
import io.registrykit.spi.store.RepositoryStore;
import io.registrykit.spi.store.StoredManifest;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** Says why one object is kept or goes. Not safe for use by several threads at once. */
public final class Explainer {
  /** How many holders are named of each repository. */
  private static final int MAX_HOLDERS = 10;

  private final CollectionSettings settings;
  private final RepositoryStore names;
  private final Instant cutoff;
  private final Tally tally = new Tally(new CollectionListener() {}, new Pacer(Integer.MAX_VALUE));
  private final List<Hold> holds = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private boolean linked;

  /**
   * An explainer for one question.
   *
   * @param settings what a collection would go by
   */
  public Explainer(CollectionSettings settings) {
    this.settings = settings;
    this.names = settings.store().repositories();
    this.cutoff = settings.clock().instant().minus(settings.grace());
  }

  /**
   * Explains one object.
   *
   * @param digest a manifest or blob
   * @return what holds it, and why it goes where it does
   * @throws IOException if the store fails
   */
  public Explanation explain(Digest digest) throws IOException {
    Pages.walk(
        names::repositories,
        repositories -> {
          for (RepositoryName repository : repositories) {
            explain(repository, digest);
          }
          return true;
        });
    OptionalLong stored = settings.store().blobs().size(digest);
    if (stored.isPresent() && !linked) {
      findings.add(new Finding(Finding.Reason.UNLINKED_BLOB, null, digest));
    }
    return new Explanation(digest, stored, holds, findings);
  }

  private void explain(RepositoryName repository, Digest digest) throws IOException {
    Optional<BlobLink> link = names.blobLink(repository, digest);
    Optional<StoredManifest> manifest = names.manifest(repository, digest);
    if (link.isEmpty() && manifest.isEmpty()) {
      return;
    }
    Optional<Instant> oldest = UntaggedSweep.cutoff(settings);
    Optional<DigestSet> kept =
        oldest.isEmpty()
            ? Optional.empty()
            : ManifestMarks.kept(names, repository, oldest.get(), tally);
    if (manifest.isPresent()) {
      explainManifest(repository, manifest.get().record(), oldest, kept);
    }
    if (link.isPresent()) {
      explainLink(repository, link.get(), kept);
    }
  }

  private void explainManifest(
      RepositoryName repository,
      ManifestRecord manifest,
      Optional<Instant> oldest,
      Optional<DigestSet> kept)
      throws IOException {
    Digest digest = manifest.digest();
    if (kept.isPresent() && !kept.get().contains(digest)) {
      findings.add(new Finding(Finding.Reason.UNTAGGED_MANIFEST, repository, digest));
      return;
    }
    int before = holds.size();
    for (Tag tag : names.tagsOf(repository, digest).stream().limit(MAX_HOLDERS).toList()) {
      holds.add(new Hold(Hold.Reason.TAGGED, repository, tag.value()));
    }
    holders(
        Hold.Reason.PART_OF_INDEX, repository, index -> index.manifests().contains(digest), kept);
    if (ManifestMarks.isLocked(manifest)) {
      holds.add(new Hold(Hold.Reason.LOCKED, repository, digest.toString()));
    }
    if (oldest.isEmpty()) {
      holds.add(new Hold(Hold.Reason.POLICY, repository, "all manifests are kept"));
    } else if (ManifestMarks.isRecent(manifest, oldest.get())) {
      holds.add(new Hold(Hold.Reason.RECENTLY_PUSHED, repository, manifest.updatedAt().toString()));
    } else if (holds.size() == before) {
      holds.add(new Hold(Hold.Reason.RELATED, repository, "subject, referrer or tag of cosign"));
    }
  }

  private void explainLink(RepositoryName repository, BlobLink link, Optional<DigestSet> kept)
      throws IOException {
    Digest digest = link.digest();
    int before = holds.size();
    holders(
        Hold.Reason.NAMED_BY_MANIFEST,
        repository,
        manifest -> manifest.blobs().contains(digest),
        kept);
    if (!link.linkedAt().isBefore(cutoff)) {
      holds.add(new Hold(Hold.Reason.RECENTLY_LINKED, repository, link.linkedAt().toString()));
    }
    if (holds.size() == before) {
      findings.add(new Finding(Finding.Reason.UNREFERENCED_BLOB, repository, digest));
    } else {
      linked = true;
    }
  }

  /** Adds the first manifests that hold something and stay themselves. */
  private void holders(
      Hold.Reason reason,
      RepositoryName repository,
      Predicate<ManifestRecord> isHolder,
      Optional<DigestSet> kept)
      throws IOException {
    int most = holds.size() + MAX_HOLDERS;
    Pages.<ManifestRecord>walk(
        page -> names.manifests(repository, page),
        manifests -> {
          for (ManifestRecord manifest : manifests) {
            if (holds.size() < most
                && isHolder.test(manifest)
                && (kept.isEmpty() || kept.get().contains(manifest.digest()))) {
              holds.add(new Hold(reason, repository, manifest.digest().toString()));
            }
          }
          return holds.size() < most;
        });
  }
}
