package io.registrykit.manifest;

import io.registrykit.internal.json.JsonFormatException;
import io.registrykit.internal.json.JsonReader;
import io.registrykit.model.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects the fields of one manifest, which come in any order, and checks them against each other
 * at the end. Not safe for use by several threads at once.
 */
final class ManifestReader {
  private static final long SCHEMA_VERSION = 2;

  private final MediaType mediaType;
  private final int maxReferences;

  private int references;
  private boolean hasSchemaVersion;
  private boolean hasMediaType;
  private @Nullable MediaType artifactType;
  private @Nullable ContentReference config;
  private @Nullable List<ContentReference> layers;
  private @Nullable List<ContentReference> manifests;
  private @Nullable ContentReference subject;
  private Map<String, String> annotations = Map.of();

  ManifestReader(MediaType mediaType, int maxReferences) {
    this.mediaType = mediaType;
    this.maxReferences = maxReferences;
  }

  void field(JsonReader json, String name) {
    switch (name) {
      case "schemaVersion" -> readSchemaVersion(json);
      case "mediaType" -> readMediaType(json);
      case "artifactType" -> artifactType = DescriptorReader.optionalType(json);
      case "config" -> config = readReference(json);
      case "layers" -> layers = readReferences(json);
      case "manifests" -> manifests = readReferences(json);
      case "subject" -> subject = json.isNull() ? null : readReference(json);
      case "annotations" -> annotations = json.isNull() ? Map.of() : json.stringMap();
      default -> json.skip();
    }
  }

  private void readSchemaVersion(JsonReader json) {
    if (json.integer() != SCHEMA_VERSION) {
      throw json.invalid("the schema version is not " + SCHEMA_VERSION);
    }
    hasSchemaVersion = true;
  }

  private void readMediaType(JsonReader json) {
    if (!json.string().equalsIgnoreCase(mediaType.value())) {
      throw json.invalid("the manifest was sent as " + mediaType + " and says otherwise");
    }
    hasMediaType = true;
  }

  private ContentReference readReference(JsonReader json) {
    if (++references > maxReferences) {
      throw json.invalid("more than " + maxReferences + " blobs and manifests are named");
    }
    return DescriptorReader.read(json);
  }

  /** Go writes an empty list as null, and several clients are written in Go. */
  private List<ContentReference> readReferences(JsonReader json) {
    List<ContentReference> list = new ArrayList<>();
    if (!json.isNull()) {
      json.array(() -> list.add(readReference(json)));
    }
    return list;
  }

  Manifest manifest() {
    require(hasSchemaVersion, "/schemaVersion");
    require(hasMediaType || !ManifestTypes.namesItself(mediaType), "/mediaType");
    return ManifestTypes.isIndex(mediaType) ? index() : image();
  }

  private ImageManifest image() {
    refuse(manifests != null, "/manifests", "an image manifest names no manifests");
    if (config == null || layers == null) {
      throw missing(config == null ? "/config" : "/layers");
    }
    return new ImageManifest(mediaType, artifactType, config, layers, subject, annotations);
  }

  private ImageIndex index() {
    refuse(layers != null, "/layers", "an index has no layers");
    refuse(config != null, "/config", "an index has no configuration");
    if (manifests == null) {
      throw missing("/manifests");
    }
    return new ImageIndex(mediaType, artifactType, manifests, subject, annotations);
  }

  private static void require(boolean present, String pointer) {
    if (!present) {
      throw missing(pointer);
    }
  }

  private static JsonFormatException missing(String pointer) {
    return new JsonFormatException(pointer, "the field is missing");
  }

  /** One document must not be two things to two readers (CVE-2021-41190). */
  private static void refuse(boolean present, String pointer, String message) {
    if (present) {
      throw new JsonFormatException(pointer, message);
    }
  }
}
