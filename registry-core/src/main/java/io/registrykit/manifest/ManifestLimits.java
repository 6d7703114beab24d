package io.registrykit.manifest;

/**
 * How long and deep a manifest may be and how much it may name. Implementations are immutable.
 *
 * @see io.registrykit.RegistryPolicy
 */
public interface ManifestLimits {

  /**
   * The largest manifest.
   *
   * @return its size in bytes, 1 or more
   */
  int maxManifestBytes();

  /**
   * How deep the JSON may be nested.
   *
   * @return 8 or more
   */
  int maxJsonDepth();

  /**
   * How many blobs and manifests one manifest may name.
   *
   * @return 1 or more
   */
  int maxReferences();
}
