package io.registrykit.store.fs.internal.names;

import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.spi.store.ManifestRecord;
import io.registrykit.spi.store.TagRecord;
import io.registrykit.store.fs.internal.files.FileHandle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The index of an image layout: every tag, and every manifest that nothing else leads to. What goes
 * in are digests, types, tags and numbers, none of which needs escaping in JSON. Immutable.
 */
final class ImageLayoutIndex {
  private static final int CHUNK = 64 * 1024;

  private final List<TagRecord> tags;
  private final List<ManifestRecord> manifests;

  private ImageLayoutIndex(List<TagRecord> tags, List<ManifestRecord> manifests) {
    this.tags = tags;
    this.manifests = manifests;
  }

  /** The index of a repository as it is now; the caller holds the cell's lock. */
  static ImageLayoutIndex of(RepositoryState state) {
    return new ImageLayoutIndex(
        List.copyOf(state.tags.values()), List.copyOf(state.manifests.values()));
  }

  /** Writes the document, of which little is in memory at a time. */
  void writeTo(FileHandle file) throws IOException {
    Map<Digest, ManifestRecord> byDigest = new HashMap<>();
    Set<Digest> reached = new HashSet<>();
    for (ManifestRecord record : manifests) {
      byDigest.put(record.digest(), record);
      reached.addAll(record.manifests());
    }
    Document document = new Document(file);
    for (TagRecord tag : tags) {
      ManifestRecord record = byDigest.get(tag.target());
      if (record != null) {
        document.add(record.descriptor(), tag.tag().value());
        reached.add(tag.target());
      }
    }
    for (ManifestRecord record : manifests) {
      if (!reached.contains(record.digest())) {
        document.add(record.descriptor(), null);
      }
    }
    document.end();
  }

  /** The document as it grows. For one thread. */
  private static final class Document {
    private final FileHandle file;
    private final StringBuilder json = new StringBuilder(CHUNK + 1024);
    private long written;
    private String separator = "";

    Document(FileHandle file) {
      this.file = file;
      json.append("{\"schemaVersion\":2,")
          .append("\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[");
    }

    void add(Descriptor descriptor, @Nullable String tag) throws IOException {
      json.append(separator)
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
      separator = ",";
      if (json.length() >= CHUNK) {
        flush();
      }
    }

    void end() throws IOException {
      json.append("]}");
      flush();
    }

    private void flush() throws IOException {
      byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
      file.write(ByteBuffer.wrap(bytes), written);
      written += bytes.length;
      json.setLength(0);
    }
  }
}
