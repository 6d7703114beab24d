package io.registrykit.spi.store;

/** Why a store refused a change. Immutable. */
public enum Rejection {
  /** The repository lacks content that the change needs. */
  MISSING_CONTENT,
  /** What is to be changed is not there. */
  NOT_FOUND,
  /** A tag is not what was expected. */
  TAG_CONFLICT,
  /** Locks are not what was expected. */
  ATTRIBUTES_CONFLICT,
  /** Something still uses, or just used, what was to go. */
  REFERENCED,
  /** A lock forbids it. */
  LOCKED
}
