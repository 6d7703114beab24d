package io.registrykit.client.layout;

import io.registrykit.manifest.ContentReference;
import io.registrykit.manifest.Manifest;
import io.registrykit.manifest.ManifestParser;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.RawManifest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which manifests of a layout refer to which. Immutable.
 *
 * @param view what was looked at
 * @param bySubject the referrers of each subject, in the order of their digests
 */
record LayoutReferrers(LayoutView view, Map<Digest, List<Descriptor>> bySubject) {

  /** Reads every manifest of the index once. */
  static LayoutReferrers of(
      LayoutView view, ManifestParser parser, Function<Digest, Optional<RawManifest>> reader) {
    Map<Digest, List<Descriptor>> bySubject = new HashMap<>();
    for (Digest digest : view.manifests().keySet()) {
      Optional<RawManifest> raw = reader.apply(digest);
      if (raw.isPresent()) {
        add(bySubject, raw.get(), parser.parse(raw.get()));
      }
    }
    Comparator<Descriptor> order = Comparator.comparing(one -> one.digest().toString());
    bySubject.values().forEach(list -> list.sort(order));
    return new LayoutReferrers(view, bySubject);
  }

  private static void add(
      Map<Digest, List<Descriptor>> bySubject, RawManifest raw, Manifest manifest) {
    ContentReference subject = manifest.subject();
    if (subject != null && subject.digest().isPresent()) {
      bySubject
          .computeIfAbsent(subject.digest().get(), any -> new ArrayList<>())
          .add(
              new Descriptor(
                  raw.mediaType(),
                  raw.digest(),
                  raw.content().length(),
                  manifest.referrerType().orElse(null),
                  manifest.annotations()));
    }
  }

  List<Descriptor> to(Digest subject) {
    return bySubject.getOrDefault(subject, List.of());
  }
}
