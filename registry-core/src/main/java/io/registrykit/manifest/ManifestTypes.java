package io.registrykit.manifest;

import io.registrykit.model.MediaType;

/** The types of manifests that a registry understands. Immutable. */
final class ManifestTypes {
  private ManifestTypes() {}

  static boolean isSupported(MediaType type) {
    return isIndex(type)
        || type.equals(MediaType.OCI_MANIFEST)
        || type.equals(MediaType.DOCKER_MANIFEST);
  }

  static boolean isIndex(MediaType type) {
    return type.equals(MediaType.OCI_INDEX) || type.equals(MediaType.DOCKER_MANIFEST_LIST);
  }

  /** Docker's documents always name their type; OCI's may leave it to the transport. */
  static boolean namesItself(MediaType type) {
    return type.equals(MediaType.DOCKER_MANIFEST) || type.equals(MediaType.DOCKER_MANIFEST_LIST);
  }
}
