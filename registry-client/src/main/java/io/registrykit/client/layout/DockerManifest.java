package io.registrykit.client.layout;

import io.registrykit.internal.json.JsonWriter;
import io.registrykit.model.Descriptor;
import io.registrykit.model.MediaType;
import io.registrykit.model.RawManifest;
import java.io.IOException;
import java.util.List;

/** Writes the manifest that a docker-archive does without. */
final class DockerManifest {
  private DockerManifest() {}

  /** The same bytes for the same image, so that it has the same digest whoever reads it. */
  static RawManifest write(Descriptor config, List<Descriptor> layers) {
    return RawManifest.of(
        MediaType.OCI_MANIFEST,
        JsonWriter.document(
            json -> {
              json.integer("schemaVersion", 2);
              json.string("mediaType", MediaType.OCI_MANIFEST.value());
              json.object("config", fields -> write(fields, config));
              json.array(
                  "layers",
                  array -> {
                    for (Descriptor layer : layers) {
                      array.object(fields -> write(fields, layer));
                    }
                  });
            }));
  }

  private static void write(JsonWriter json, Descriptor blob) throws IOException {
    json.string("mediaType", blob.mediaType().value());
    json.string("digest", blob.digest().toString());
    json.integer("size", blob.size());
  }
}
