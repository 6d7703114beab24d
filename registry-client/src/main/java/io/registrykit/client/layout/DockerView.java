package io.registrykit.client.layout;

import io.registrykit.RegistryPolicy;
import io.registrykit.manifest.ContentReference;
import io.registrykit.manifest.ImageManifest;
import io.registrykit.manifest.Manifest;
import io.registrykit.manifest.ManifestParser;
import io.registrykit.manifest.Platform;
import io.registrykit.model.Bytes;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.MediaType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lists the images of a layout for {@code docker load}, which looks for its own list where it keeps
 * no images of the OCI kind. Of an image for several platforms it gets the one for Linux on amd64.
 */
final class DockerView {
  private static final RegistryPolicy POLICY = RegistryPolicy.strict();
  private static final ManifestParser PARSER = new ManifestParser(POLICY);
  private static final Platform USUAL = new Platform("linux", "amd64");
  private static final Set<MediaType> CONFIGS =
      Set.of(MediaType.OCI_CONFIG, MediaType.DOCKER_CONFIG);

  private DockerView() {}

  /** The list, or empty when the layout has no image that docker could run. */
  static Optional<DockerList> of(LayoutIndex index, LayoutFiles files) throws IOException {
    Map<Digest, List<String>> names = new LinkedHashMap<>();
    for (Descriptor entry : index.entries()) {
      List<String> known = names.computeIfAbsent(entry.digest(), any -> new ArrayList<>());
      LayoutNames.taggedName(entry).ifPresent(known::add);
    }
    List<DockerList.Item> images = new ArrayList<>();
    for (Descriptor entry : index.entries()) {
      List<String> own = names.remove(entry.digest());
      if (own != null) {
        image(files, entry.mediaType(), entry.digest())
            .map(image -> item(image, own))
            .ifPresent(images::add);
      }
    }
    return images.isEmpty() ? Optional.empty() : Optional.of(new DockerList(images));
  }

  private static Optional<ImageManifest> image(LayoutFiles files, MediaType type, Digest digest)
      throws IOException {
    Optional<Bytes> content = files.read(digest, POLICY.maxManifestBytes());
    if (content.isEmpty()) {
      return Optional.empty();
    }
    Manifest manifest = PARSER.parse(type, content.get());
    if (manifest instanceof ImageManifest image) {
      return Optional.of(image).filter(DockerView::runs);
    }
    Optional<ContentReference> usual =
        manifest.manifests().stream().filter(part -> USUAL.equals(part.platform())).findFirst();
    return usual.isPresent() && usual.get().digest().isPresent()
        ? image(files, usual.get().mediaType(), usual.get().digest().get())
        : Optional.empty();
  }

  /** Whether docker could run it: an image whose layers are all here, and no artifact. */
  static boolean runs(ImageManifest image) {
    return CONFIGS.contains(image.config().mediaType())
        && image.subject() == null
        && image.blobs().stream().noneMatch(ContentReference::isExternal)
        && image.blobs().stream().allMatch(blob -> blob.digest().isPresent());
  }

  private static DockerList.Item item(ImageManifest image, List<String> names) {
    return new DockerList.Item(
        path(image.config()), names, image.layers().stream().map(DockerView::path).toList());
  }

  private static String path(ContentReference blob) {
    return LayoutIndex.path(blob.digest().orElseThrow());
  }
}
