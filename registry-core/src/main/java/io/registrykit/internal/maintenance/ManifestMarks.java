package io.registrykit.internal.maintenance;

import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.Attributes;
import io.registrykit.spi.store.ManifestRecord;
import io.registrykit.spi.store.RepositoryStore;
import io.registrykit.spi.store.TagRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the manifests of one repository that stay: those with a tag, a lock or few days, and
 * whatever hangs together with them. Not safe for use by several threads at once.
 */
final class ManifestMarks {
  /** Each pass over the list follows the chains a step or more; nobody builds them this long. */
  private static final int MAX_PASSES = 100;

  /** What cosign and the referrers tag schema make of the digest of the manifest they speak of. */
  private static final Pattern SUBJECT_TAG =
      Pattern.compile("(sha256-[0-9a-f]{64}|sha512-[0-9a-f]{128})(\\..*)?");

  private final RepositoryStore names;
  private final RepositoryName name;
  private final Instant cutoff;
  private final DigestSet kept = new DigestSet();

  private ManifestMarks(RepositoryStore names, RepositoryName name, Instant cutoff) {
    this.names = names;
    this.name = name;
    this.cutoff = cutoff;
  }

  /**
   * Finds what stays.
   *
   * @param cutoff manifests pushed at or after this instant stay
   * @return the manifests, some of which need not exist; empty when the search was given up, and
   *     everything has to stay
   */
  static Optional<DigestSet> kept(
      RepositoryStore names, RepositoryName name, Instant cutoff, Tally tally) throws IOException {
    ManifestMarks marks = new ManifestMarks(names, name, cutoff);
    marks.markTagged(tally);
    for (int pass = 0; pass < MAX_PASSES && tally.goesOn(); pass++) {
      long before = marks.kept.size();
      marks.markRelated(tally);
      if (marks.kept.size() == before) {
        return tally.goesOn() ? Optional.of(marks.kept) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private void markTagged(Tally tally) throws IOException {
    Pages.<TagRecord>walk(
        page -> names.tags(name, page),
        tags -> {
          for (TagRecord tag : tags) {
            tally.look();
            kept.add(tag.target());
            subjectOf(tag.tag()).ifPresent(kept::add);
          }
          return tally.goesOn();
        });
  }

  /** A signature by tag keeps what it signs, as a signature by subject does. */
  static Optional<Digest> subjectOf(Tag tag) {
    Matcher matcher = SUBJECT_TAG.matcher(tag.value());
    return matcher.matches()
        ? Optional.of(Digest.parse(matcher.group(1).replace('-', ':')))
        : Optional.empty();
  }

  private void markRelated(Tally tally) throws IOException {
    Pages.<ManifestRecord>walk(
        page -> names.manifests(name, page),
        manifests -> {
          for (ManifestRecord manifest : manifests) {
            tally.look();
            mark(manifest);
          }
          return tally.goesOn();
        });
  }

  private void mark(ManifestRecord manifest) {
    Digest subject = manifest.subject();
    boolean stays =
        kept.contains(manifest.digest())
            || isRecent(manifest, cutoff)
            || isLocked(manifest)
            || (subject != null && kept.contains(subject));
    if (stays) {
      kept.add(manifest.digest());
      manifest.manifests().forEach(kept::add);
      if (subject != null) {
        kept.add(subject);
      }
    }
  }

  static boolean isRecent(ManifestRecord manifest, Instant cutoff) {
    return !manifest.updatedAt().isBefore(cutoff);
  }

  static boolean isLocked(ManifestRecord manifest) {
    return !manifest.attributes().allows(Attributes.Use.DELETE);
  }
}
