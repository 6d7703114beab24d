package io.registrykit.client.layout;

import io.registrykit.RegistryPolicy;
import io.registrykit.internal.json.WireJson;
import io.registrykit.manifest.ContentReference;
import io.registrykit.manifest.ManifestParser;
import io.registrykit.model.Bytes;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.ImageReference;
import io.registrykit.model.MediaType;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.BlobContent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The entries of an {@code index.json}. Immutable.
 *
 * @param entries the manifests of the layout, tagged ones once for each tag
 */
record LayoutIndex(List<Descriptor> entries) {
  static final String FILE = "index.json";
  static final String MARKER = "oci-layout";
  static final String MARKER_CONTENT = "{\"imageLayoutVersion\":\"1.0.0\"}";

  /** Stands for the digest of a document that is not addressed by one. */
  static final Digest ANY = Digest.of(DigestAlgorithm.SHA256, new byte[0]);

  /** A whole registry may be in one layout; each tag takes some 300 bytes. */
  private static final int MAX_LENGTH = 64 * 1024 * 1024;

  private static final ManifestParser PARSER =
      new ManifestParser(RegistryPolicy.strict().withMaxManifestBytes(MAX_LENGTH));

  LayoutIndex {
    entries = List.copyOf(entries);
  }

  static LayoutIndex empty() {
    return new LayoutIndex(List.of());
  }

  static LayoutIndex read(BlobContent file) throws IOException {
    Bytes document = Whole.read(file, MAX_LENGTH);
    return new LayoutIndex(
        PARSER.parse(MediaType.OCI_INDEX, document).manifests().stream()
            .map(ContentReference::descriptor)
            .flatMap(Optional::stream)
            .toList());
  }

  Bytes write() {
    return WireJson.index(entries);
  }

  /** Where a blob is in a layout, with slashes. */
  static String path(Digest digest) {
    return "blobs/" + digest.algorithm().id() + "/" + digest.hex();
  }

  /** The repositories of the full names. */
  Set<RepositoryName> repositories() {
    Set<RepositoryName> names = new TreeSet<>();
    for (Descriptor entry : entries) {
      LayoutNames.fullName(entry).map(ImageReference::repository).ifPresent(names::add);
    }
    return names;
  }

  /** With a manifest; what it consists of needs no entries of its own any more. */
  LayoutIndex with(LayoutNames names, Descriptor manifest, Set<Tag> tags, Set<Digest> parts) {
    List<Descriptor> changed = new ArrayList<>();
    for (Descriptor entry : entries) {
      boolean replaced =
          LayoutNames.mayHave(entry, tags) && names.tagOf(entry).filter(tags::contains).isPresent();
      boolean covered =
          (parts.contains(entry.digest()) || entry.digest().equals(manifest.digest()))
              && names.isUntagged(entry);
      if (!replaced && !covered) {
        changed.add(entry);
      }
    }
    for (Tag tag : tags.stream().sorted().toList()) {
      changed.add(names.tagged(manifest, tag));
    }
    if (tags.isEmpty() && changed.stream().noneMatch(entry -> names(names, entry, manifest))) {
      changed.add(names.untagged(manifest));
    }
    return new LayoutIndex(changed);
  }

  private static boolean names(LayoutNames names, Descriptor entry, Descriptor manifest) {
    return entry.digest().equals(manifest.digest()) && names.sees(entry);
  }

  LayoutIndex without(LayoutNames names, Tag tag) {
    List<Descriptor> changed = new ArrayList<>();
    Descriptor target = null;
    for (Descriptor entry : entries) {
      if (names.tagOf(entry).filter(tag::equals).isPresent()) {
        target = entry;
      } else {
        changed.add(entry);
      }
    }
    LayoutIndex rest = new LayoutIndex(changed);
    return target == null ? rest : rest.with(names, target, Set.of(), Set.of());
  }

  LayoutIndex without(LayoutNames names, Digest digest) {
    List<Descriptor> changed = new ArrayList<>(entries);
    changed.removeIf(entry -> entry.digest().equals(digest) && names.sees(entry));
    return new LayoutIndex(changed);
  }
}
