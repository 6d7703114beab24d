package io.registrykit.client.layout;

import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.Tag;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one repository sees of an index, sorted once so that no call walks over all of it.
 * Immutable.
 *
 * @param index the index
 * @param tags its tags
 * @param manifests its manifests, tagged or not
 */
record LayoutView(
    LayoutIndex index, SortedMap<Tag, Descriptor> tags, Map<Digest, Descriptor> manifests) {

  static LayoutView of(LayoutIndex index, LayoutNames names) {
    SortedMap<Tag, Descriptor> tags = new TreeMap<>();
    Map<Digest, Descriptor> manifests = new HashMap<>();
    for (Descriptor entry : index.entries()) {
      names.tagOf(entry).ifPresent(tag -> tags.putIfAbsent(tag, entry));
      if (names.sees(entry)) {
        manifests.putIfAbsent(entry.digest(), entry);
      }
    }
    return new LayoutView(index, tags, manifests);
  }

  Optional<Descriptor> find(Tag tag) {
    return Optional.ofNullable(tags.get(tag));
  }

  Optional<Descriptor> find(Digest digest) {
    return Optional.ofNullable(manifests.get(digest));
  }
}
