package io.registrykit.spi.store;

/** A promise that a store may make beyond its ports. Immutable. */
public enum StoreFeature {
  /** What was acknowledged survives the end of the process and the loss of power. */
  DURABLE,
  /** Uploads survive the end of the process. */
  RESUMABLE_UPLOADS,
  /** Several tags that are set in one commit become visible together. */
  ATOMIC_TAGS
}
