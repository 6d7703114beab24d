package io.registrykit.auth;

/** Which of the two passwords of an account, of which one serves while the other is replaced. */
public enum PasswordName {
  /** The first. */
  PASSWORD1,
  /** The second. */
  PASSWORD2
}
