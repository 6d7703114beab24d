package io.registrykit.auth;

import io.registrykit.spi.auth.Principal;

/**
 * Names of principals: each source of identities has a prefix of its own, so that a token that is
 * called like a user is somebody else. Thread-safe.
 */
public final class Principals {
  private Principals() {}

  /**
   * The admin account of a registry.
   *
   * @param registry the name of the registry
   * @return the principal
   */
  public static Principal admin(String registry) {
    return new Principal("admin:" + registry);
  }

  /**
   * A scoped token.
   *
   * @param name the name of the token
   * @return the principal
   */
  public static Principal token(String name) {
    return new Principal("token:" + name);
  }

  /**
   * A service principal of a {@link Directory}.
   *
   * @param id its id
   * @return the principal
   */
  public static Principal servicePrincipal(String id) {
    return new Principal("sp:" + id);
  }

  /**
   * A user of a {@link Directory}.
   *
   * @param name the user's name
   * @return the principal
   */
  public static Principal user(String name) {
    return new Principal("user:" + name);
  }

  /**
   * A user of an htpasswd file.
   *
   * @param name the user's name
   * @return the principal
   */
  public static Principal htpasswd(String name) {
    return new Principal("htpasswd:" + name);
  }
}
