package io.registrykit.manifest;

import io.registrykit.internal.json.JsonReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one platform. Not safe for use by several threads at once. */
final class PlatformReader {
  private final JsonReader json;

  private String os = "";
  private String architecture = "";
  private @Nullable String variant;
  private @Nullable String osVersion;
  private List<String> osFeatures = List.of();

  PlatformReader(JsonReader json) {
    this.json = json;
  }

  void field(String name) {
    if (json.isNull()) {
      return;
    }
    switch (name) {
      case "os" -> os = json.string();
      case "architecture" -> architecture = json.string();
      case "variant" -> variant = json.string();
      case "os.version" -> osVersion = json.string();
      case "os.features" -> osFeatures = json.strings();
      default -> json.skip();
    }
  }

  Platform platform() {
    return new Platform(os, architecture, variant, osVersion, osFeatures);
  }
}
