package io.registrykit.manifest;

import io.registrykit.internal.json.JsonFormatException;
import io.registrykit.internal.json.JsonReader;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.MediaType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one descriptor. Not safe for use by several threads at once. */
final class DescriptorReader {
  private final JsonReader json;
  private final String pointer;

  private @Nullable MediaType mediaType;
  private @Nullable String digest;
  private @Nullable MediaType artifactType;
  private long size = -1;
  private List<String> urls = List.of();
  private @Nullable Platform platform;
  private Map<String, String> annotations = Map.of();

  private DescriptorReader(JsonReader json) {
    this.json = json;
    this.pointer = json.pointer();
  }

  static ContentReference read(JsonReader json) {
    DescriptorReader reader = new DescriptorReader(json);
    json.object(reader::field);
    return reader.reference();
  }

  private void field(String name) {
    switch (name) {
      case "mediaType" -> mediaType = type(json);
      case "digest" -> digest = readDigest();
      case "size" -> size = readSize();
      case "artifactType" -> artifactType = optionalType(json);
      case "urls" -> urls = json.isNull() ? List.of() : json.strings();
      case "platform" -> platform = json.isNull() ? null : readPlatform();
      case "annotations" -> annotations = json.isNull() ? Map.of() : json.stringMap();
      case "data" -> readData();
      default -> json.skip();
    }
  }

  /** The content itself, as base64: kept with the bytes of the manifest and nowhere else. */
  private void readData() {
    if (!json.isNull()) {
      json.string();
    }
  }

  private String readDigest() {
    String text = json.string();
    if (!Digest.isWellFormed(text)) {
      throw json.invalid("the digest is malformed");
    }
    if (DigestAlgorithm.of(text.substring(0, text.indexOf(':'))).isPresent()) {
      try {
        Digest.parse(text);
      } catch (IllegalArgumentException e) {
        throw json.invalid(String.valueOf(e.getMessage()));
      }
    }
    return text;
  }

  private long readSize() {
    long value = json.integer();
    if (value < 0) {
      throw json.invalid("the size is negative");
    }
    return value;
  }

  private Platform readPlatform() {
    PlatformReader reader = new PlatformReader(json);
    json.object(reader::field);
    return reader.platform();
  }

  private ContentReference reference() {
    if (mediaType == null || digest == null || size < 0) {
      String field = mediaType == null ? "/mediaType" : digest == null ? "/digest" : "/size";
      throw new JsonFormatException(pointer + field, "the field is missing");
    }
    return new ContentReference(mediaType, digest, size, artifactType, urls, platform, annotations);
  }

  /** Null and empty stand for absence, as Go programs write it. */
  static @Nullable MediaType optionalType(JsonReader json) {
    return json.isNull() || json.string().isEmpty() ? null : type(json);
  }

  private static MediaType type(JsonReader json) {
    try {
      return MediaType.parse(json.string());
    } catch (IllegalArgumentException e) {
      throw json.invalid(String.valueOf(e.getMessage()));
    }
  }
}
