package io.registrykit.interop.azure;

import com.azure.containers.containerregistry.ContainerRegistryContentClient;
import com.azure.containers.containerregistry.models.OciDescriptor;
import com.azure.containers.containerregistry.models.OciImageManifest;
import com.azure.containers.containerregistry.models.UploadRegistryBlobResult;
import com.azure.core.util.BinaryData;
import java.util.List;
import java.util.Random;

/** Content to push. */
final class Samples {
  private static final String CONFIG =
      "{\"architecture\":\"arm64\",\"os\":\"linux\",\"config\":{\"Labels\":{\"n\":\"%s\"}}}";

  private Samples() {}

  /** Pushes an image of its own, with a small layer. */
  static String push(ContainerRegistryContentClient content, String tag, String label) {
    UploadRegistryBlobResult config =
        content.uploadBlob(BinaryData.fromString(CONFIG.formatted(label)));
    UploadRegistryBlobResult layer = content.uploadBlob(BinaryData.fromString("layer " + label));
    return content.setManifest(manifest(config, layer), tag).getDigest();
  }

  static OciImageManifest manifest(
      UploadRegistryBlobResult config, UploadRegistryBlobResult layer) {
    return new OciImageManifest()
        .setSchemaVersion(2)
        .setConfiguration(
            descriptor(config).setMediaType("application/vnd.oci.image.config.v1+json"))
        .setLayers(
            List.of(descriptor(layer).setMediaType("application/vnd.oci.image.layer.v1.tar")));
  }

  private static OciDescriptor descriptor(UploadRegistryBlobResult blob) {
    return new OciDescriptor().setDigest(blob.getDigest()).setSizeInBytes(blob.getSizeInBytes());
  }

  static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
