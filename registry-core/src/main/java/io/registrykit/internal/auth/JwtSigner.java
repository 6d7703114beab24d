package io.registrykit.internal.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.auth.Access;
import io.registrykit.spi.auth.Action;
import io.registrykit.spi.auth.Principal;
import io.registrykit.spi.auth.TokenGrant;
import java.io.IOException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Signs the tokens of a registry and reads them back. Safe for use by any number of threads. */
public final class JwtSigner {
  /** The longest token that is looked at, in characters. */
  static final int MAX_LENGTH = 16 * 1024;

  private static final JWSAlgorithm ALGORITHM = JWSAlgorithm.RS256;

  private final SigningKeys keys;
  private final TokenPayload payload;
  private final String audience;
  private final Clock clock;

  /**
   * A signer for the tokens of a registry.
   *
   * @param keys the keys
   * @param audience the registry that the tokens are for
   * @param clock what tells the time
   */
  public JwtSigner(SigningKeys keys, String audience, Clock clock) {
    this(keys, new TokenPayload("RegistryKit", null), audience, clock);
  }

  /**
   * A signer.
   *
   * @param keys the keys
   * @param payload writes the claims and names the issuer
   * @param audience the registry that the tokens are for
   * @param clock what tells the time
   */
  JwtSigner(SigningKeys keys, TokenPayload payload, String audience, Clock clock) {
    this.keys = keys;
    this.payload = payload;
    this.audience = audience;
    this.clock = clock;
  }

  /**
   * Signs a token.
   *
   * @param grant what it says
   * @param longestLife how long it may live at most
   * @return the token
   * @throws IOException if the keys cannot be reached
   */
  public String sign(TokenGrant grant, Duration longestLife) throws IOException {
    Instant now = clock.instant();
    if (!grant.audience().equals(audience)) {
      throw new IllegalArgumentException("the token is for another audience");
    }
    if (grant.expiresAt().isAfter(now.plus(longestLife))) {
      throw new IllegalArgumentException("the token would live for more than " + longestLife);
    }
    RSAKey key = keys.current();
    String claims = payload.write(grant, UUID.randomUUID().toString(), now);
    JWSHeader header =
        new JWSHeader.Builder(ALGORITHM).type(JOSEObjectType.JWT).keyID(key.getKeyID()).build();
    JWSObject token = new JWSObject(header, new Payload(claims));
    try {
      token.sign(new RSASSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("this Java platform does not sign with RSA", e);
    }
    return token.serialize();
  }

  /**
   * Reads a token.
   *
   * @param text the token as it came
   * @return what it says, or empty when anything about it is wrong
   * @throws IOException if the keys cannot be reached
   */
  public Optional<TokenGrant> verify(String text) throws IOException {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      JWSObject token = JWSObject.parse(text);
      String id = token.getHeader().getKeyID();
      if (id == null || !ALGORITHM.equals(token.getHeader().getAlgorithm())) {
        return Optional.empty();
      }
      RSAKey key = keys.verifying(id);
      if (key == null || !token.verify(new RSASSAVerifier(key.toRSAPublicKey()))) {
        return Optional.empty();
      }
      return read(JWTClaimsSet.parse(token.getPayload().toString()));
    } catch (ParseException
        | JOSEException
        | IllegalArgumentException
        | IllegalStateException
        | ClassCastException e) {
      return Optional.empty();
    }
  }

  private Optional<TokenGrant> read(JWTClaimsSet claims) throws ParseException {
    Instant now = clock.instant();
    String subject = claims.getSubject();
    Date expires = claims.getExpirationTime();
    Date notBefore = claims.getNotBeforeTime();
    boolean good =
        subject != null
            && expires != null
            && now.isBefore(expires.toInstant())
            && notBefore != null
            && !now.isBefore(notBefore.toInstant())
            && payload.issuer().equals(claims.getIssuer())
            && List.of(audience).equals(claims.getAudience());
    TokenGrant.Use use = use(claims.getStringClaim(TokenPayload.USE));
    String stamp = claims.getStringClaim(TokenPayload.STAMP);
    if (!good || subject == null || expires == null || use == null || stamp == null) {
      return Optional.empty();
    }
    List<String> groups = claims.getStringListClaim(TokenPayload.GROUPS);
    return Optional.of(
        new TokenGrant(
            use,
            new Principal(subject, groups == null ? Set.of() : Set.copyOf(groups)),
            stamp,
            audience,
            access(claims.getListClaim(TokenPayload.ACCESS)),
            expires.toInstant()));
  }

  private static TokenGrant.@Nullable Use use(@Nullable String name) {
    for (TokenGrant.Use use : TokenGrant.Use.values()) {
      if (TokenPayload.useName(use).equals(name)) {
        return use;
      }
    }
    return null;
  }

  private static Set<Access> access(@Nullable List<?> entries) {
    Set<Access> accesses = new LinkedHashSet<>();
    for (Object entry : entries == null ? List.of() : entries) {
      Map<?, ?> fields = (Map<?, ?>) entry;
      if (Scopes.REGISTRY.equals(fields.get("type"))) {
        accesses.add(Access.catalog());
        continue;
      }
      RepositoryName name =
          new RepositoryName((String) Objects.requireNonNullElse(fields.get("name"), ""));
      for (Object action : (List<?>) Objects.requireNonNullElse(fields.get("actions"), List.of())) {
        Optional<Action> known = Action.ofScopeName((String) action);
        known.ifPresent(granted -> accesses.add(new Access(name, granted)));
      }
    }
    return accesses;
  }
}
