package io.registrykit.internal.engine;

/** How an operation counts against the rates of a registry. Immutable. */
public enum OperationKind {
  /** Reads content or lists. */
  READ,
  /** Writes, moves or deletes content. */
  WRITE,
  /** Signs a caller in. */
  SIGN_IN
}
