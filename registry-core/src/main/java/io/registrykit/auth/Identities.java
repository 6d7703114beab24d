package io.registrykit.auth;

import io.registrykit.spi.auth.Authenticator;
import io.registrykit.spi.auth.Credentials;
import io.registrykit.spi.auth.Principal;
import java.io.IOException;
import java.util.Optional;

/**
 * A source of identities that remembers what a sign-in rested on, so that tokens end with it. Safe
 * for use by any number of threads.
 */
public interface Identities extends Authenticator {

  /**
   * The name of this source, unique within one registry.
   *
   * @return lower-case letters
   */
  String source();

  /**
   * Checks credentials. Secrets are compared in constant time, and an unknown name costs what a
   * wrong secret costs.
   *
   * @param credentials what the caller shows
   * @return who it is, or empty when the credentials are wrong or unknown here
   * @throws IOException if what is behind the source cannot be asked
   */
  Optional<SignIn> signIn(Credentials credentials) throws IOException;

  /**
   * Whether tokens that rest on an earlier sign-in are still good.
   *
   * @param principal who signed in
   * @param stamp the {@link SignIn#stamp()} of that time
   * @return false when the identity is gone or disabled, or the secret was replaced or has expired
   * @throws IOException if what is behind the source cannot be asked
   */
  boolean stands(Principal principal, String stamp) throws IOException;

  @Override
  default Optional<Principal> authenticate(Credentials credentials) throws IOException {
    return signIn(credentials).map(SignIn::principal);
  }

  /**
   * A source over an authenticator that remembers nothing: tokens end when they expire.
   *
   * @param source a name that no other source of the registry has
   * @param authenticator checks credentials
   * @return the source
   */
  static Identities of(String source, Authenticator authenticator) {
    return new Identities() {
      @Override
      public String source() {
        return source;
      }

      @Override
      public Optional<SignIn> signIn(Credentials credentials) throws IOException {
        return authenticator
            .authenticate(credentials)
            .filter(principal -> !principal.equals(Principal.ANONYMOUS))
            .map(principal -> new SignIn(principal, ""));
      }

      @Override
      public boolean stands(Principal principal, String stamp) {
        return true;
      }
    };
  }
}
