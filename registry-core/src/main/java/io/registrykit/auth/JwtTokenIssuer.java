package io.registrykit.auth;

import io.registrykit.error.BackendException;
import io.registrykit.error.ErrorCode;
import io.registrykit.internal.auth.JwtSigner;
import io.registrykit.internal.auth.SigningKeys;
import io.registrykit.internal.auth.VerifiedTokens;
import io.registrykit.spi.auth.TokenGrant;
import io.registrykit.spi.auth.TokenIssuer;
import io.registrykit.spi.store.DocumentStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Tokens as JWT (RFC 7519), signed with RS256 by keys that are kept in a {@link DocumentStore}: a
 * restart or a rotation of keys ends no token. Safe for use by any number of threads.
 *
 * <p>Only tokens of this issuer, for this audience, signed with a key of its own and no other
 * algorithm, are good; keys that a token brings along are not looked at.
 */
public final class JwtTokenIssuer implements TokenIssuer {
  /** The name of the document with the keys. */
  public static final String KEYS_DOCUMENT = "token-signing-keys";

  private static final Duration ROTATE_AFTER = Duration.ofDays(30);
  private static final Duration LONGEST_LIFE = Duration.ofDays(1);

  private final SigningKeys keys;
  private final JwtSigner signer;
  private final VerifiedTokens verified;

  /**
   * An issuer.
   *
   * @param documents where the keys are kept, or get to be
   * @param audience the login server of the registry; tokens for another one are refused
   * @param clock what tells the time
   */
  public JwtTokenIssuer(DocumentStore documents, String audience, Clock clock) {
    this.keys = new SigningKeys(documents, KEYS_DOCUMENT, clock, ROTATE_AFTER, LONGEST_LIFE);
    this.signer = new JwtSigner(keys, audience, clock);
    this.verified = new VerifiedTokens(signer, clock);
  }

  /**
   * Makes a token.
   *
   * @param grant what it says; it may live for a day at most
   * @return the token
   * @throws IllegalArgumentException if the audience is another, or it would live too long
   * @throws BackendException if the keys cannot be reached
   */
  @Override
  public String issue(TokenGrant grant) {
    try {
      return signer.sign(grant, LONGEST_LIFE);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /**
   * Checks a token: form, algorithm, signature, issuer, audience and time.
   *
   * @param token the token as it came
   * @return what it says, or empty when anything about it is wrong
   * @throws BackendException if the keys cannot be reached
   */
  @Override
  public Optional<TokenGrant> verify(String token) {
    try {
      return verified.verify(token);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private static BackendException unreachable(IOException cause) {
    return new BackendException(ErrorCode.UNKNOWN, "the signing keys cannot be reached", cause);
  }

  /** Makes another key sign from now on; tokens of those before it stay good until they expire. */
  public void rotateKeys() {
    try {
      keys.rotate();
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /**
   * The public keys, for whoever else is to verify the tokens.
   *
   * @return a JWK set (RFC 7517)
   */
  public String publicKeys() {
    try {
      return keys.publicKeys();
    } catch (IOException e) {
      throw unreachable(e);
    }
  }
}
