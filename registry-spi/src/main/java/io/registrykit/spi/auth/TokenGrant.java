package io.registrykit.spi.auth;

import java.time.Instant;
import java.util.Set;

/**
 * What a token says: who may do what, where and until when. Immutable.
 *
 * @param subject who
 * @param audience the registry that the token is for
 * @param access what it opens; may be empty
 * @param expiresAt the instant from which it opens nothing
 */
public record TokenGrant(
    Principal subject, String audience, Set<Access> access, Instant expiresAt) {

  /** Copies the access. */
  public TokenGrant {
    access = Set.copyOf(access);
  }
}
