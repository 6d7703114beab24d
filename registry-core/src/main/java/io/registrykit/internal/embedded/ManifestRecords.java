package io.registrykit.internal.embedded;

import io.registrykit.manifest.ContentReference;
import io.registrykit.manifest.Manifest;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.RawManifest;
import io.registrykit.spi.store.Attributes;
import io.registrykit.spi.store.ManifestRecord;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the records that a store keeps of manifests. Thread-safe. */
final class ManifestRecords {
  private ManifestRecords() {}

  /**
   * Notes everything that the manifest names, layers included that need not be there: when somebody
   * did push one, the collector must not take it. Annotations are noted only where a list of
   * referrers shows them.
   */
  static ManifestRecord of(RawManifest raw, Manifest manifest, Instant now) {
    Optional<Digest> subject =
        Optional.ofNullable(manifest.subject()).flatMap(ContentReference::digest);
    Descriptor descriptor =
        new Descriptor(
            raw.mediaType(),
            raw.digest(),
            raw.content().length(),
            manifest.referrerType().orElse(null),
            subject.isPresent() ? manifest.annotations() : Map.of());
    return new ManifestRecord(
        descriptor,
        subject.orElse(null),
        digests(manifest.blobs()),
        digests(manifest.manifests()),
        Attributes.UNLOCKED,
        now,
        now);
  }

  private static Set<Digest> digests(List<ContentReference> references) {
    Set<Digest> digests = new LinkedHashSet<>();
    for (ContentReference reference : references) {
      reference.digest().ifPresent(digests::add);
    }
    return digests;
  }
}
