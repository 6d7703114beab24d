package io.registrykit.internal.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.registrykit.spi.auth.TokenGrant;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Remembers tokens whose signature was good, because a client sends the same one with every
 * request. Safe for use by any number of threads; bounded in number and time.
 *
 * <p>Only the digest of a token is kept, and only of good ones: a stranger cannot fill this with
 * anything. A token ends when it expires, remembered or not.
 */
public final class VerifiedTokens {
  private static final int MAX_REMEMBERED = 10_000;
  private static final Duration REMEMBERED_FOR = Duration.ofMinutes(5);

  private final Cache<String, TokenGrant> good =
      Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).expireAfterWrite(REMEMBERED_FOR).build();

  private final JwtSigner signer;
  private final Clock clock;

  /**
   * Remembers nothing yet.
   *
   * @param signer checks what is not remembered
   * @param clock what tells the time
   */
  public VerifiedTokens(JwtSigner signer, Clock clock) {
    this.signer = signer;
    this.clock = clock;
  }

  /**
   * Checks a token.
   *
   * @param token the token as it came
   * @return what it says, or empty when anything about it is wrong
   * @throws IOException if the keys cannot be reached
   */
  public Optional<TokenGrant> verify(String token) throws IOException {
    if (token.length() > JwtSigner.MAX_LENGTH) {
      return Optional.empty();
    }
    String key = HexFormat.of().formatHex(Secrets.digest(token));
    TokenGrant known = good.getIfPresent(key);
    if (known != null) {
      return clock.instant().isBefore(known.expiresAt()) ? Optional.of(known) : Optional.empty();
    }
    Optional<TokenGrant> grant = signer.verify(token);
    grant.ifPresent(read -> good.put(key, read));
    return grant;
  }
}
