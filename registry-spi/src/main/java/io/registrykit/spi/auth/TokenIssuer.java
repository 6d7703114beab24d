package io.registrykit.spi.auth;

import java.util.Optional;

/** Makes and checks signed tokens. Implementations are safe for use by any number of threads. */
public interface TokenIssuer {

  /**
   * Makes a token.
   *
   * @param grant what it says
   * @return the token
   */
  String issue(TokenGrant grant);

  /**
   * Checks a token: signature, algorithm, audience and time.
   *
   * @param token the token as it came, at most a few KiB
   * @return what it says, or empty when anything about it is wrong
   */
  Optional<TokenGrant> verify(String token);
}
