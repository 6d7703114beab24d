package io.registrykit.store.fs.internal.names;

import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.spi.store.ManifestRecord;
import io.registrykit.spi.store.TagRecord;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The index of an image layout: every tag, and every manifest that nothing else leads to. What goes
 * in are digests, types, tags and numbers, none of which needs escaping in JSON.
 */
final class ImageLayoutIndex {
  private final StringBuilder json =
      new StringBuilder(256)
          .append("{\"schemaVersion\":2,")
          .append("\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[");

  private boolean first = true;

  private ImageLayoutIndex() {}

  static byte[] of(RepositoryState state) {
    ImageLayoutIndex index = new ImageLayoutIndex();
    Set<Digest> tagged = new HashSet<>();
    for (TagRecord tag : state.tags.values()) {
      ManifestRecord record = state.manifests.get(tag.target());
      if (record != null) {
        index.add(record.descriptor(), tag.tag().value());
        tagged.add(tag.target());
      }
    }
    for (ManifestRecord record : state.manifests.values()) {
      if (!tagged.contains(record.digest()) && !state.isPart(record.digest())) {
        index.add(record.descriptor(), null);
      }
    }
    return index.json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
  }

  private void add(Descriptor descriptor, @Nullable String tag) {
    json.append(first ? "" : ",")
        .append("{\"mediaType\":\"")
        .append(descriptor.mediaType().value())
        .append("\",\"digest\":\"")
        .append(descriptor.digest())
        .append("\",\"size\":")
        .append(descriptor.size());
    if (tag != null) {
      json.append(",\"annotations\":{\"org.opencontainers.image.ref.name\":\"")
          .append(tag)
          .append("\"}");
    }
    json.append('}');
    first = false;
  }
}
