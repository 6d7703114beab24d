package io.registrykit.client.layout;

import io.registrykit.RegistryPolicy;
import io.registrykit.manifest.ContentReference;
import io.registrykit.manifest.ManifestParser;
import io.registrykit.model.Bytes;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import java.io.IOException;
import java.util.Optional;

/**
 * Looks whether the images of a layout are whole. Docker with the image store of containerd saves
 * indexes of many platforms with the content of one.
 */
final class LayoutParts {
  private static final RegistryPolicy POLICY = RegistryPolicy.strict();
  private static final ManifestParser PARSER = new ManifestParser(POLICY);

  private LayoutParts() {}

  static boolean arePresent(LayoutFiles files) throws IOException {
    for (Descriptor entry : files.readIndex().orElseGet(LayoutIndex::empty).entries()) {
      Optional<Bytes> content = files.read(entry.digest(), POLICY.maxManifestBytes());
      if (content.isEmpty()) {
        return false;
      }
      for (ContentReference part : PARSER.parse(entry.mediaType(), content.get()).manifests()) {
        Optional<Digest> digest = part.digest();
        if (digest.isPresent() && files.size(digest.get()).isEmpty()) {
          return false;
        }
      }
    }
    return true;
  }
}
