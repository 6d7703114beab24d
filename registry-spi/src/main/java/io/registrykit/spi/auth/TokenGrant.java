package io.registrykit.spi.auth;

import java.time.Instant;
import java.util.Set;

/**
 * What a token says: who may do what, where and until when. Immutable.
 *
 * @param use what the token is for; one kind never passes for the other
 * @param subject who, with the groups that the sign-in vouched for
 * @param stamp what the sign-in rested on, such as a fingerprint of the password; the token ends
 *     when that does. May be empty
 * @param audience the registry that the token is for
 * @param access what it opens; may be empty
 * @param expiresAt the instant from which it opens nothing, in whole seconds
 */
public record TokenGrant(
    Use use,
    Principal subject,
    String stamp,
    String audience,
    Set<Access> access,
    Instant expiresAt) {

  /** What a token is for. Immutable. */
  public enum Use {
    /** Shown with each request; opens what it lists. */
    ACCESS,
    /** Shown to the token endpoint to get access tokens; opens nothing itself. */
    REFRESH
  }

  /** Copies the access. */
  public TokenGrant {
    access = Set.copyOf(access);
  }
}
