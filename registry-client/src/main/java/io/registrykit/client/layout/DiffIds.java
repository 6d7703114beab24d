package io.registrykit.client.layout;

import io.registrykit.RegistryPolicy;
import io.registrykit.internal.json.JsonFormatException;
import io.registrykit.internal.json.JsonReader;
import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import java.util.ArrayList;
import java.util.List;

/** Reads from the configuration of an image which layers it has when they are not compressed. */
final class DiffIds {
  static final int MAX_CONFIG = 8 * 1024 * 1024;

  private static final JsonReader.Source JSON =
      new JsonReader.Source(RegistryPolicy.strict().maxJsonDepth(), MAX_CONFIG);

  private DiffIds() {}

  /**
   * The digests, lowest first.
   *
   * @throws io.registrykit.error.InvalidContentException if the configuration is malformed
   */
  static List<Digest> of(Bytes config) {
    List<Digest> found = new ArrayList<>();
    try {
      JSON.readObject(
          config,
          (json, name) -> {
            if (name.equals("rootfs")) {
              json.object(field -> rootfs(json, field, found));
            } else {
              json.skip();
            }
          });
    } catch (JsonFormatException | IllegalArgumentException e) {
      throw DockerList.malformed(e.getMessage());
    }
    return found;
  }

  private static void rootfs(JsonReader json, String field, List<Digest> found) {
    if (field.equals("diff_ids") && !json.isNull()) {
      json.array(() -> found.add(Digest.parse(json.string())));
    } else {
      json.skip();
    }
  }
}
