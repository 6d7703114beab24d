package io.registrykit.spi.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.registrykit.model.RepositoryName;
import io.registrykit.spi.auth.Access;
import io.registrykit.spi.auth.Action;
import io.registrykit.spi.auth.Principal;
import io.registrykit.spi.auth.TokenGrant;
import io.registrykit.spi.auth.TokenIssuer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The laws of a {@link TokenIssuer}: what was issued is read back, and nothing else is taken. */
public abstract class TokenIssuerContract {
  private static final String AUDIENCE = "registry.example";

  /** For subclasses. */
  protected TokenIssuerContract() {}

  /**
   * Makes an issuer.
   *
   * @param audience for whom its tokens are
   * @param clock what tells the time
   * @param keys which keys it has: issuers with the same name share them
   * @return the issuer
   */
  protected abstract TokenIssuer issuer(String audience, Clock clock, String keys);

  private static Clock at(Instant instant) {
    return Clock.fixed(instant, ZoneOffset.UTC);
  }

  private static Instant now() {
    return Instant.parse("2026-03-01T10:00:00Z");
  }

  private static TokenGrant grant(String audience) {
    RepositoryName name = new RepositoryName("team/app");
    return new TokenGrant(
        TokenGrant.Use.ACCESS,
        new Principal("user:ann", Set.of("ops", "dev")),
        "token:0123",
        audience,
        Set.of(
            new Access(name, Action.PULL),
            new Access(name, Action.METADATA_READ),
            Access.catalog()),
        now().plus(Duration.ofMinutes(75)).truncatedTo(ChronoUnit.SECONDS));
  }

  private TokenIssuer issuer() {
    return issuer(AUDIENCE, at(now()), "a");
  }

  @Test
  void whatWasIssuedIsReadBack() {
    TokenGrant grant = grant(AUDIENCE);
    TokenGrant read = issuer().verify(issuer().issue(grant)).orElseThrow();

    assertEquals(grant, read);
    assertEquals(grant.subject().groups(), read.subject().groups());
  }

  @Test
  void everyKindOfGrantIsReadBack() {
    for (TokenGrant.Use use : TokenGrant.Use.values()) {
      TokenGrant grant =
          new TokenGrant(
              use,
              new Principal("user:\u00fcml\u00e4ut > ? ~ \" \\"),
              "",
              AUDIENCE,
              Set.of(),
              now().plusSeconds(60));
      assertEquals(Optional.of(grant), issuer().verify(issuer().issue(grant)));
    }
  }

  @Test
  void aTokenEndsWhenItExpires() {
    TokenGrant grant = grant(AUDIENCE);
    String token = issuer().issue(grant);

    assertTrue(
        issuer(AUDIENCE, at(grant.expiresAt().minusSeconds(1)), "a").verify(token).isPresent());
    assertTrue(issuer(AUDIENCE, at(grant.expiresAt()), "a").verify(token).isEmpty());
    assertTrue(issuer(AUDIENCE, at(grant.expiresAt().plusSeconds(1)), "a").verify(token).isEmpty());
  }

  @Test
  void aTokenOfTheFutureIsNotTaken() {
    String token = issuer().issue(grant(AUDIENCE));

    assertTrue(issuer(AUDIENCE, at(now().minus(Duration.ofHours(1))), "a").verify(token).isEmpty());
  }

  @Test
  void aTokenForAnotherRegistryIsNotTaken() {
    String token = issuer("other.example", at(now()), "a").issue(grant("other.example"));

    assertTrue(issuer().verify(token).isEmpty());
  }

  @Test
  void aTokenWithOtherKeysIsNotTaken() {
    String token = issuer(AUDIENCE, at(now()), "b").issue(grant(AUDIENCE));

    assertTrue(issuer().verify(token).isEmpty());
  }

  @Test
  void aChangedTokenIsNotTaken() {
    String token = issuer().issue(grant(AUDIENCE));

    for (int i = 0; i < token.length() - 1; i += 7) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String changed = token.substring(0, i) + other + token.substring(i + 1);
      assertNotEquals(token, changed);
      assertTrue(issuer().verify(changed).isEmpty(), "changed at " + i);
    }
  }

  @Test
  void whatIsNoTokenIsNotTaken() {
    String token = issuer().issue(grant(AUDIENCE));

    for (String other :
        new String[] {
          "",
          ".",
          "..",
          "...",
          "a.b.c",
          "\u00e9",
          "x".repeat(100_000),
          token.substring(1),
          token.substring(0, token.length() - 2),
          token.substring(0, token.lastIndexOf('.') + 1),
          token + ".",
          token + "." + token
        }) {
      assertTrue(issuer().verify(other).isEmpty());
    }
  }
}
