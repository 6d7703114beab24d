package io.registrykit.client.image;

import io.registrykit.internal.json.JsonTree;
import io.registrykit.manifest.Platform;
import io.registrykit.model.Bytes;
import io.registrykit.model.Descriptor;
import io.registrykit.model.MediaType;
import io.registrykit.model.RawManifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes manifests and indexes. Immutable. */
final class ManifestWriter {
  private ManifestWriter() {}

  static RawManifest manifest(
      MediaType type,
      @Nullable MediaType artifactType,
      Descriptor config,
      List<Descriptor> layers,
      @Nullable Descriptor subject,
      Map<String, String> annotations) {
    Map<String, @Nullable Object> fields = start(type, artifactType);
    fields.put("config", descriptor(config));
    fields.put("layers", layers.stream().map(ManifestWriter::descriptor).toList());
    return finish(type, fields, subject, annotations);
  }

  static RawManifest index(
      MediaType type, List<IndexEntry> entries, Map<String, String> annotations) {
    Map<String, @Nullable Object> fields = start(type, null);
    List<@Nullable Object> parts = new ArrayList<>();
    for (IndexEntry entry : entries) {
      Map<String, @Nullable Object> part = descriptor(entry.descriptor());
      part.put("platform", platform(entry.platform()));
      parts.add(part);
    }
    fields.put("manifests", parts);
    return finish(type, fields, null, annotations);
  }

  private static Map<String, @Nullable Object> start(
      MediaType type, @Nullable MediaType artifactType) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("schemaVersion", 2);
    fields.put("mediaType", type.value());
    if (artifactType != null) {
      fields.put("artifactType", artifactType.value());
    }
    return fields;
  }

  private static RawManifest finish(
      MediaType type,
      Map<String, @Nullable Object> fields,
      @Nullable Descriptor subject,
      Map<String, String> annotations) {
    if (subject != null) {
      fields.put("subject", descriptor(subject));
    }
    if (!annotations.isEmpty()) {
      fields.put("annotations", annotations);
    }
    Bytes content = JsonTree.write(fields);
    return RawManifest.of(type, content);
  }

  private static Map<String, @Nullable Object> descriptor(Descriptor descriptor) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("mediaType", descriptor.mediaType().value());
    fields.put("digest", descriptor.digest().toString());
    fields.put("size", descriptor.size());
    if (!descriptor.annotations().isEmpty()) {
      fields.put("annotations", descriptor.annotations());
    }
    return fields;
  }

  private static Map<String, @Nullable Object> platform(Platform platform) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("architecture", platform.architecture());
    fields.put("os", platform.os());
    if (platform.osVersion() != null) {
      fields.put("os.version", platform.osVersion());
    }
    if (!platform.osFeatures().isEmpty()) {
      fields.put("os.features", platform.osFeatures());
    }
    if (platform.variant() != null) {
      fields.put("variant", platform.variant());
    }
    return fields;
  }
}
