package io.registrykit.spi.auth;

import java.io.IOException;
import java.util.Optional;

/** Tells who a caller is. Implementations are safe for use by any number of threads. */
@FunctionalInterface
public interface Authenticator {

  /**
   * Checks credentials. Secrets are compared in constant time.
   *
   * @param credentials what the caller shows; {@link Credentials.None} when it shows nothing
   * @return who it is, {@link Principal#ANONYMOUS} where that is let in, or empty when the
   *     credentials are wrong or of a kind that this authenticator does not know
   * @throws IOException if the directory behind it cannot be asked
   */
  Optional<Principal> authenticate(Credentials credentials) throws IOException;
}
