package io.registrykit.examples.benchmarks;

import io.registrykit.model.Bytes;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.MediaType;
import io.registrykit.model.RawManifest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Content of the sizes that registries see every day. Thread-safe. */
final class Samples {
  /** The digest of blob 0, as it stands in a path. */
  static final String FIRST = digest(0).toString();

  private Samples() {}

  /** A blob of a few hundred bytes, another one for each number. */
  static byte[] blob(int number) {
    return ("blob " + number + " ").repeat(40).getBytes(StandardCharsets.UTF_8);
  }

  static Digest digest(int number) {
    return Digest.of(DigestAlgorithm.SHA256, blob(number));
  }

  /** An image of a configuration (blob 0) and so many layers (blobs 1 and up). */
  static RawManifest image(int layers, String tag) {
    String list =
        IntStream.rangeClosed(1, layers)
            .mapToObj(number -> descriptor(MediaType.OCI_LAYER_GZIP, number))
            .collect(Collectors.joining(","));
    String json =
        """
        {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s],\
        "annotations":{"org.opencontainers.image.version":"%s"}}"""
            .formatted(MediaType.OCI_MANIFEST, descriptor(MediaType.OCI_CONFIG, 0), list, tag);
    return RawManifest.of(MediaType.OCI_MANIFEST, Bytes.utf8(json));
  }

  /** An index of so many platforms, whose manifests need not exist. */
  static RawManifest index(int manifests) {
    String list =
        IntStream.range(0, manifests)
            .mapToObj(
                number ->
                    """
                    {"mediaType":"%s","digest":"%s","size":1234,\
                    "platform":{"architecture":"amd64","os":"linux"}}"""
                        .formatted(MediaType.OCI_MANIFEST, digest(number)))
            .collect(Collectors.joining(","));
    String json =
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}"
            .formatted(MediaType.OCI_INDEX, list);
    return RawManifest.of(MediaType.OCI_INDEX, Bytes.utf8(json));
  }

  private static String descriptor(MediaType type, int number) {
    Descriptor descriptor = new Descriptor(type, digest(number), blob(number).length);
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(descriptor.mediaType(), descriptor.digest(), descriptor.size());
  }

  static List<Integer> numbers(int layers) {
    return IntStream.rangeClosed(0, layers).boxed().toList();
  }
}
