package io.registrykit.manifest;

import io.registrykit.RegistryPolicy;
import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.MediaType;

/** Documents for the tests of the parser. Thread-safe. */
final class ManifestSamples {
  static final Digest A = digest("a");
  static final Digest B = digest("b");
  static final Digest C = digest("c");

  private ManifestSamples() {}

  /** Low limits, so that random documents reach them. */
  static RegistryPolicy smallPolicy() {
    RegistryPolicy strict = RegistryPolicy.strict();
    return new RegistryPolicy(
        64 * 1024,
        10,
        20,
        strict.maxBlobBytes(),
        strict.maxTagsPerPush(),
        strict.maxPageEntries(),
        strict.sparseIndexes(),
        strict.sparseImages(),
        strict.acceptRule(),
        strict.uploadLifetime());
  }

  static Digest digest(String content) {
    return Bytes.utf8(content).digest(DigestAlgorithm.SHA256);
  }

  static String descriptor(MediaType type, Object digest, long size) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}".formatted(type, digest, size);
  }

  /** An OCI image with a configuration, one layer, and more fields behind them. */
  static String image(String more) {
    return "{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s]%s}"
        .formatted(
            descriptor(MediaType.OCI_CONFIG, A, 1),
            descriptor(MediaType.OCI_LAYER_GZIP, B, 2),
            more);
  }

  /** An OCI image whose only layer is the given document. */
  static String imageWithLayer(String layer) {
    return "{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s]}"
        .formatted(descriptor(MediaType.OCI_CONFIG, A, 1), layer);
  }

  /** An OCI index of the given documents. */
  static String index(String... manifests) {
    return "{\"schemaVersion\":2,\"manifests\":[%s]}".formatted(String.join(",", manifests));
  }
}
