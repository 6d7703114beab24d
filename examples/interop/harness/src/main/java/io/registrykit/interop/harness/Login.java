package io.registrykit.interop.harness;

/**
 * What somebody types to sign in.
 *
 * @param user the name
 * @param secret the password, the secret or the token
 */
public record Login(String user, String secret) {

  /**
   * The same name with a password that is wrong.
   *
   * @return what is refused
   */
  public Login wrong() {
    return new Login(user, "Wrong0" + "0".repeat(secret.length()));
  }

  @Override
  public String toString() {
    return user;
  }
}
