package io.registrykit.client.layout;

import io.registrykit.RegistryPolicy;
import io.registrykit.internal.json.WireJson;
import io.registrykit.manifest.ContentReference;
import io.registrykit.manifest.ManifestParser;
import io.registrykit.model.Bytes;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.MediaType;
import io.registrykit.model.Tag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The entries of an {@code index.json}. Immutable.
 *
 * @param entries the manifests of the layout, tagged ones once for each tag
 */
record LayoutIndex(List<Descriptor> entries) {
  static final int MAX_LENGTH = 4 * 1024 * 1024;
  private static final String REF_NAME = "org.opencontainers.image.ref.name";
  private static final ManifestParser PARSER = new ManifestParser(RegistryPolicy.strict());

  LayoutIndex {
    entries = List.copyOf(entries);
  }

  static LayoutIndex parse(Bytes document) {
    return new LayoutIndex(
        PARSER.parse(MediaType.OCI_INDEX, document).manifests().stream()
            .map(ContentReference::descriptor)
            .flatMap(Optional::stream)
            .toList());
  }

  Bytes write() {
    return WireJson.index(entries);
  }

  /** The name of an entry; layouts of other tools may have whole references, which are no tags. */
  private static Optional<Tag> tagOf(Descriptor entry) {
    String name = entry.annotations().getOrDefault(REF_NAME, "");
    try {
      return Optional.of(new Tag(name));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  List<Tag> tags() {
    return entries.stream()
        .map(LayoutIndex::tagOf)
        .flatMap(Optional::stream)
        .distinct()
        .sorted()
        .toList();
  }

  Optional<Descriptor> find(Tag tag) {
    return entries.stream().filter(entry -> tagOf(entry).equals(Optional.of(tag))).findFirst();
  }

  Optional<Descriptor> find(Digest digest) {
    return entries.stream().filter(entry -> entry.digest().equals(digest)).findFirst();
  }

  /** With a manifest; what it consists of needs no entries of its own any more. */
  LayoutIndex with(Descriptor manifest, Set<Tag> tags, Set<Digest> parts) {
    List<Descriptor> changed = new ArrayList<>();
    for (Descriptor entry : entries) {
      Optional<Tag> tag = tagOf(entry);
      boolean replaced = tag.isPresent() && tags.contains(tag.get());
      boolean bare = !entry.annotations().containsKey(REF_NAME);
      boolean covered =
          bare && (parts.contains(entry.digest()) || entry.digest().equals(manifest.digest()));
      if (!replaced && !covered) {
        changed.add(entry);
      }
    }
    for (Tag tag : tags.stream().sorted().toList()) {
      Map<String, String> annotations = new LinkedHashMap<>();
      annotations.put(REF_NAME, tag.value());
      changed.add(
          new Descriptor(
              manifest.mediaType(),
              manifest.digest(),
              manifest.size(),
              manifest.artifactType(),
              annotations));
    }
    boolean listed = changed.stream().anyMatch(entry -> entry.digest().equals(manifest.digest()));
    if (!listed) {
      changed.add(manifest);
    }
    return new LayoutIndex(changed);
  }

  LayoutIndex without(Tag tag) {
    Optional<Descriptor> target = find(tag);
    List<Descriptor> changed = new ArrayList<>(entries);
    changed.removeIf(entry -> tagOf(entry).equals(Optional.of(tag)));
    LayoutIndex rest = new LayoutIndex(changed);
    return target.isPresent() && rest.find(target.get().digest()).isEmpty()
        ? rest.with(bare(target.get()), Set.of(), Set.of())
        : rest;
  }

  private static Descriptor bare(Descriptor entry) {
    return new Descriptor(
        entry.mediaType(), entry.digest(), entry.size(), entry.artifactType(), Map.of());
  }

  LayoutIndex without(Digest digest) {
    List<Descriptor> changed = new ArrayList<>(entries);
    changed.removeIf(entry -> entry.digest().equals(digest));
    return new LayoutIndex(changed);
  }
}
