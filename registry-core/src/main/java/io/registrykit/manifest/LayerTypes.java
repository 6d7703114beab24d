package io.registrykit.manifest;

import io.registrykit.model.MediaType;
import java.util.Set;

/** Which layers clients do not push. Immutable. */
final class LayerTypes {
  private static final Set<MediaType> NON_DISTRIBUTABLE =
      Set.of(
          new MediaType("application/vnd.oci.image.layer.nondistributable.v1.tar"),
          new MediaType("application/vnd.oci.image.layer.nondistributable.v1.tar+gzip"),
          new MediaType("application/vnd.oci.image.layer.nondistributable.v1.tar+zstd"),
          new MediaType("application/vnd.docker.image.rootfs.foreign.diff.tar"),
          new MediaType("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"));

  private LayerTypes() {}

  static boolean isNonDistributable(MediaType type) {
    return NON_DISTRIBUTABLE.contains(type);
  }
}
