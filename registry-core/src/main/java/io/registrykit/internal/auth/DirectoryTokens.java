package io.registrykit.internal.auth;

import io.registrykit.auth.Directory;
import io.registrykit.auth.SignIn;
import io.registrykit.spi.auth.TokenGrant;
import io.registrykit.spi.store.DocumentStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/** The access tokens of a directory. Safe for use by any number of threads. */
public final class DirectoryTokens {
  private static final String KEYS_DOCUMENT = "directory-signing-keys";
  private static final Duration LIFE = Duration.ofHours(1);
  private static final Duration ROTATE_AFTER = Duration.ofDays(30);

  private final String tenant;
  private final SigningKeys keys;
  private final JwtSigner signer;
  private final Clock clock;

  /**
   * Tokens of a directory.
   *
   * @param tenant its tenant
   * @param documents where the keys are kept
   * @param clock what tells the time
   */
  public DirectoryTokens(String tenant, DocumentStore documents, Clock clock) {
    this.tenant = tenant;
    this.clock = clock;
    this.keys = new SigningKeys(documents, KEYS_DOCUMENT, clock, ROTATE_AFTER, LIFE);
    this.signer =
        new JwtSigner(keys, new TokenPayload(issuer(), tenant), Directory.AUDIENCE, clock);
  }

  /**
   * Issues a token.
   *
   * @param signIn for whom
   * @return the token
   * @throws IOException if the keys cannot be reached
   */
  public String issue(SignIn signIn) throws IOException {
    return signer.sign(
        new TokenGrant(
            TokenGrant.Use.ACCESS,
            signIn.principal(),
            signIn.stamp(),
            Directory.AUDIENCE,
            Set.of(),
            clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(LIFE)),
        LIFE);
  }

  /**
   * Checks a token.
   *
   * @param token the token as it came
   * @return for whom it was issued, or empty when anything about it is wrong
   * @throws IOException if the keys cannot be reached
   */
  public Optional<SignIn> verify(String token) throws IOException {
    return signer.verify(token).map(grant -> new SignIn(grant.subject(), grant.stamp()));
  }

  /**
   * The public keys.
   *
   * @return a JWK set
   * @throws IOException if the keys cannot be reached
   */
  public String publicKeys() throws IOException {
    return keys.publicKeys();
  }

  /**
   * Who issues the tokens.
   *
   * @return a URI
   */
  public String issuer() {
    return "urn:registrykit:directory:" + tenant;
  }
}
