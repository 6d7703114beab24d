package io.registrykit.examples.quickstart;

import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An image that every container engine can pull: layers, a configuration, and the manifest that
 * names them by digest. Immutable.
 *
 * @param layers from the bottom to the top
 * @param config how to run it, as JSON
 */
record Image(List<Layer> layers, Bytes config) {

  static Image of(Layer... layers) {
    String unpacked =
        List.of(layers).stream()
            .map(layer -> "\"" + layer.unpacked() + "\"")
            .collect(Collectors.joining(","));
    String config =
        """
        {"architecture":"amd64","os":"linux","config":{"Cmd":["/app/hello"]},\
        "rootfs":{"type":"layers","diff_ids":[%s]}}"""
            .formatted(unpacked);
    return new Image(List.of(layers), Bytes.utf8(config));
  }

  byte[] manifest() {
    String named =
        layers.stream()
            .map(layer -> descriptor(MediaType.OCI_LAYER_GZIP, layer.content().toArray()))
            .collect(Collectors.joining(","));
    return """
        {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}"""
        .formatted(
            MediaType.OCI_MANIFEST, descriptor(MediaType.OCI_CONFIG, config.toArray()), named)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** An artifact: one file of any type that says what image it belongs to. */
  static byte[] artifact(String artifactType, MediaType fileType, byte[] file, byte[] subject) {
    return """
        {"schemaVersion":2,"mediaType":"%1$s","artifactType":"%2$s","config":%3$s,"layers":[%4$s],\
        "subject":%5$s}"""
        .formatted(
            MediaType.OCI_MANIFEST,
            artifactType,
            descriptor(MediaType.OCI_EMPTY, emptyConfig()),
            descriptor(fileType, file),
            descriptor(MediaType.OCI_MANIFEST, subject))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** What an artifact has for a configuration. */
  static byte[] emptyConfig() {
    return "{}".getBytes(StandardCharsets.UTF_8);
  }

  private static String descriptor(MediaType type, byte[] content) {
    Digest digest = Digest.of(DigestAlgorithm.SHA256, content);
    return """
        {"mediaType":"%s","digest":"%s","size":%d}"""
        .formatted(type, digest, content.length);
  }
}
