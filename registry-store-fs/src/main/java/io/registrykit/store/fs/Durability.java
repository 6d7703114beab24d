package io.registrykit.store.fs;

/** What an acknowledged write survives. Immutable. */
public enum Durability {
  /**
   * The end of the process and the loss of power: content, names and every directory that gained an
   * entry are on disk before a write returns. Parallel writers share the waits.
   */
  FULL,

  /**
   * The end of the process only: nothing is forced to disk. For tests and caches that can be filled
   * again.
   */
  RELAXED
}
