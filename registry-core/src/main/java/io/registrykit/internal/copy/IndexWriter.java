package io.registrykit.internal.copy;

import io.registrykit.internal.json.JsonWriter;
import io.registrykit.manifest.ContentReference;
import io.registrykit.manifest.Platform;
import io.registrykit.model.Bytes;
import io.registrykit.model.MediaType;
import io.registrykit.model.RawManifest;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Writes an index of some of the parts of another. Immutable. */
final class IndexWriter {
  private IndexWriter() {}

  static RawManifest write(
      MediaType type, List<ContentReference> parts, Map<String, String> annotations) {
    Bytes content =
        JsonWriter.document(
            json -> {
              json.integer("schemaVersion", 2);
              json.string("mediaType", type.value());
              json.array(
                  "manifests",
                  array -> {
                    for (ContentReference part : parts) {
                      array.object(fields -> part(fields, part));
                    }
                  });
              map(json, "annotations", annotations);
            });
    return RawManifest.of(type, content);
  }

  private static void part(JsonWriter json, ContentReference part) throws IOException {
    json.string("mediaType", part.mediaType().value());
    json.string("digest", part.digestText());
    json.integer("size", part.size());
    MediaType artifactType = part.artifactType();
    if (artifactType != null) {
      json.string("artifactType", artifactType.value());
    }
    Platform platform = part.platform();
    if (platform != null) {
      json.object("platform", fields -> platform(fields, platform));
    }
    map(json, "annotations", part.annotations());
  }

  private static void platform(JsonWriter json, Platform platform) throws IOException {
    json.string("architecture", platform.architecture());
    json.string("os", platform.os());
    String version = platform.osVersion();
    if (version != null) {
      json.string("os.version", version);
    }
    if (!platform.osFeatures().isEmpty()) {
      json.array(
          "os.features",
          array -> {
            for (String feature : platform.osFeatures()) {
              array.string(feature);
            }
          });
    }
    String variant = platform.variant();
    if (variant != null) {
      json.string("variant", variant);
    }
  }

  private static void map(JsonWriter json, String name, Map<String, String> map)
      throws IOException {
    if (!map.isEmpty()) {
      json.object(
          name,
          fields -> {
            for (Map.Entry<String, String> entry : map.entrySet()) {
              fields.string(entry.getKey(), entry.getValue());
            }
          });
    }
  }
}
