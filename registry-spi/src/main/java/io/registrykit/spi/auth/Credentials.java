package io.registrykit.spi.auth;

/** What a caller shows to prove who it is. Immutable; {@code toString} never shows a secret. */
public sealed interface Credentials {

  /** Nothing was shown. */
  record None() implements Credentials {}

  /**
   * A name and a secret, as HTTP Basic carries them.
   *
   * @param user the name
   * @param secret the password
   */
  record Password(String user, String secret) implements Credentials {
    @Override
    public String toString() {
      return "Password[user=" + user + ", secret=***]";
    }
  }

  /**
   * A token.
   *
   * @param token the token as it came
   */
  record Bearer(String token) implements Credentials {
    @Override
    public String toString() {
      return "Bearer[token=***]";
    }
  }
}
