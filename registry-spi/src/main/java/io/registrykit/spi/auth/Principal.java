package io.registrykit.spi.auth;

/**
 * Who makes a request. Immutable.
 *
 * @param name a name that is unique among the callers of one registry
 */
public record Principal(String name) {
  /** Somebody who did not sign in. */
  public static final Principal ANONYMOUS = new Principal("anonymous");

  @Override
  public String toString() {
    return name;
  }
}
