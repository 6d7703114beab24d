package io.registrykit.internal.auth;

import io.registrykit.auth.SignIn;
import io.registrykit.spi.auth.Access;
import io.registrykit.spi.auth.Principal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who a caller turned out to be. Immutable.
 *
 * @param principal who; {@link Principal#ANONYMOUS} when nobody signed in
 * @param stamp what the sign-in rests on
 * @param limit what the token that was shown opens at most, or null without one
 */
public record Session(Principal principal, String stamp, @Nullable Set<Access> limit) {

  /** Nobody has signed in. */
  public static final Session ANONYMOUS = new Session(Principal.ANONYMOUS, "", null);

  static Session of(SignIn signIn) {
    return new Session(signIn.principal(), signIn.stamp(), null);
  }

  /**
   * Whether somebody has signed in.
   *
   * @return false for anonymous callers
   */
  public boolean isSignedIn() {
    return !principal.equals(Principal.ANONYMOUS);
  }
}
