package io.registrykit.client.testing;

import io.registrykit.Repository;
import io.registrykit.model.Bytes;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.MediaType;
import io.registrykit.model.RawManifest;
import io.registrykit.model.Tag;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Images for tests, pushed to a repository. */
public final class SampleGraph {
  private SampleGraph() {}

  /** Pushes an image whose content depends on the seed. */
  public static RawManifest image(Repository repository, long seed, int layerSize, Set<Tag> tags) {
    return artifact(repository, seed, layerSize, "", tags);
  }

  /** Pushes an artifact that refers to a manifest. */
  public static RawManifest referrer(
      Repository repository, long seed, RawManifest subject, Set<Tag> tags) {
    String more =
        ",\"artifactType\":\"application/x.sbom\",\"subject\":"
            + descriptor(subject.mediaType(), subject.digest(), subject.content().length(), "");
    return artifact(repository, seed, 100, more, tags);
  }

  private static RawManifest artifact(
      Repository repository, long seed, int layerSize, String more, Set<Tag> tags) {
    byte[] config = ("{\"seed\":" + seed + "}").getBytes(StandardCharsets.UTF_8);
    byte[] layer = Contents.random(seed, layerSize);
    repository.pushBlob(Contents.content(config));
    repository.pushBlob(Contents.content(layer));
    String text =
        "{\"schemaVersion\":2,\"mediaType\":\""
            + MediaType.OCI_MANIFEST
            + "\",\"config\":"
            + descriptor(MediaType.OCI_CONFIG, Contents.digest(config), config.length, "")
            + ",\"layers\":["
            + descriptor(MediaType.OCI_LAYER_GZIP, Contents.digest(layer), layer.length, "")
            + "]"
            + more
            + "}";
    RawManifest manifest = RawManifest.of(MediaType.OCI_MANIFEST, Bytes.utf8(text));
    repository.pushManifest(manifest, tags);
    return manifest;
  }

  /** Pushes an index of images, one for each architecture. */
  public static RawManifest index(
      Repository repository, long seed, List<String> architectures, Set<Tag> tags) {
    return index(repository, seed, architectures, 2000, tags);
  }

  /** The same with layers of a length. */
  public static RawManifest index(
      Repository repository, long seed, List<String> architectures, int layerSize, Set<Tag> tags) {
    List<String> parts = new ArrayList<>();
    for (String architecture : architectures) {
      RawManifest part = image(repository, seed + parts.size(), layerSize, Set.of());
      parts.add(
          descriptor(
              part.mediaType(),
              part.digest(),
              part.content().length(),
              ",\"platform\":{\"os\":\"linux\",\"architecture\":\"" + architecture + "\"}"));
    }
    String text =
        "{\"schemaVersion\":2,\"mediaType\":\""
            + MediaType.OCI_INDEX
            + "\",\"manifests\":["
            + String.join(",", parts)
            + "]}";
    RawManifest index = RawManifest.of(MediaType.OCI_INDEX, Bytes.utf8(text));
    repository.pushManifest(index, tags);
    return index;
  }

  private static String descriptor(MediaType type, Digest digest, long size, String more) {
    Descriptor checked = new Descriptor(type, digest, size);
    return "{\"mediaType\":\""
        + checked.mediaType()
        + "\",\"digest\":\""
        + checked.digest()
        + "\",\"size\":"
        + checked.size()
        + more
        + "}";
  }
}
