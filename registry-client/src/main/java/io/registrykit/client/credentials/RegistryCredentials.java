package io.registrykit.client.credentials;

/** What the client shows to a registry. Immutable; {@code toString} never shows a secret. */
public sealed interface RegistryCredentials {

  /** Nothing. */
  record Anonymous() implements RegistryCredentials {}

  /**
   * A name and a password.
   *
   * @param user the name
   * @param secret the password
   */
  record Password(String user, String secret) implements RegistryCredentials {
    @Override
    public String toString() {
      return "Password[user=" + user + ", secret=***]";
    }
  }

  /**
   * A refresh token, which docker calls an identity token: the token server takes it for a
   * password.
   *
   * @param token the token
   */
  record IdentityToken(String token) implements RegistryCredentials {
    @Override
    public String toString() {
      return "IdentityToken[token=***]";
    }
  }

  /**
   * A token that goes to the registry as it is.
   *
   * @param token the token
   */
  record AccessToken(String token) implements RegistryCredentials {
    @Override
    public String toString() {
      return "AccessToken[token=***]";
    }
  }
}
