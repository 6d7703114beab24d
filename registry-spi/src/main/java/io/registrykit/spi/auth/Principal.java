package io.registrykit.spi.auth;

import java.util.Set;

/**
 * Who makes a request. Immutable. Two principals are equal when their names are: groups say what
 * one sign-in vouched for, not who somebody is.
 *
 * @param name a name that is unique among the callers of one registry
 * @param groups the groups and roles that the sign-in itself vouched for, as the claims of an
 *     identity provider do; groups that a registry looks up on its own are not among them
 */
public record Principal(String name, Set<String> groups) {
  /** Somebody who did not sign in. */
  public static final Principal ANONYMOUS = new Principal("anonymous");

  /** Copies the groups. */
  public Principal {
    groups = Set.copyOf(groups);
  }

  /**
   * A principal for whose groups nobody vouched.
   *
   * @param name a unique name
   */
  public Principal(String name) {
    this(name, Set.of());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Principal that && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
