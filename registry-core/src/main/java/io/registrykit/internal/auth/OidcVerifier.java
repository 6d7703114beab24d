package io.registrykit.internal.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import io.registrykit.auth.TextSource;
import io.registrykit.spi.auth.Principal;
import java.io.IOException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks the access tokens of one issuer. Safe for use by any number of threads.
 *
 * <p>Only signatures with the private half of a key are taken, so that nobody can pass off a public
 * key as a shared secret; and only keys of the issuer's own set, whatever a token brings along.
 */
public final class OidcVerifier {
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384);

  private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);
  private static final int MAX_GROUPS = 200;
  private static final int MAX_SUBJECT = 256;

  private final String issuer;
  private final Set<String> audiences;
  private final @Nullable String tenant;
  private final String subjectClaim;
  private final String source;
  private final RemoteKeys keys;
  private final Clock clock;

  /**
   * A verifier.
   *
   * @param issuer the issuer
   * @param audiences the audiences of which a token must have one
   * @param tenant the tenant that a token must have, or null
   * @param subjectClaim the claim that tells callers apart
   * @param source the start of the names of principals and groups
   * @param keys the JWK set of the issuer
   * @param clock what tells the time
   */
  public OidcVerifier(
      String issuer,
      Set<String> audiences,
      @Nullable String tenant,
      String subjectClaim,
      String source,
      TextSource keys,
      Clock clock) {
    this.issuer = issuer;
    this.audiences = audiences;
    this.tenant = tenant;
    this.subjectClaim = subjectClaim;
    this.source = source;
    this.keys = new RemoteKeys(keys, clock);
    this.clock = clock;
  }

  /**
   * Checks a token.
   *
   * @param text the token as it came
   * @return whose it is, or empty when anything about it is wrong
   * @throws IOException if the keys were never read and cannot be
   */
  public Optional<Principal> verify(String text) throws IOException {
    if (text.length() > JwtSigner.MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      JWSObject token = JWSObject.parse(text);
      String id = token.getHeader().getKeyID();
      if (id == null || !ALGORITHMS.contains(token.getHeader().getAlgorithm())) {
        return Optional.empty();
      }
      JWK key = keys.find(id);
      JWKMatcher fitting = JWKMatcher.forJWSHeader(token.getHeader());
      if (key == null || !fitting.matches(key) || !token.verify(verifier(key))) {
        return Optional.empty();
      }
      return principal(JWTClaimsSet.parse(token.getPayload().toString()));
    } catch (ParseException
        | JOSEException
        | IllegalArgumentException
        | IllegalStateException
        | ClassCastException e) {
      return Optional.empty();
    }
  }

  private static JWSVerifier verifier(JWK key) throws JOSEException {
    if (key instanceof RSAKey rsa) {
      return new RSASSAVerifier(rsa.toRSAPublicKey());
    }
    if (key instanceof ECKey ec) {
      return new ECDSAVerifier(ec.toECPublicKey());
    }
    throw new JOSEException("no key for signatures");
  }

  private Optional<Principal> principal(JWTClaimsSet claims) throws ParseException {
    Instant now = clock.instant();
    Date expires = claims.getExpirationTime();
    Date notBefore = claims.getNotBeforeTime();
    String subject = claims.getStringClaim(subjectClaim);
    boolean good =
        issuer.equals(claims.getIssuer())
            && !Collections.disjoint(audiences, claims.getAudience())
            && (tenant == null || tenant.equals(claims.getStringClaim("tid")))
            && expires != null
            && now.isBefore(expires.toInstant().plus(CLOCK_SKEW))
            && (notBefore == null || !now.isBefore(notBefore.toInstant().minus(CLOCK_SKEW)));
    if (!good || subject == null || subject.isEmpty() || subject.length() > MAX_SUBJECT) {
      return Optional.empty();
    }
    Set<String> groups = new LinkedHashSet<>();
    addAll(groups, source + "-group:", claims.getStringListClaim("groups"));
    addAll(groups, source + "-role:", claims.getStringListClaim("roles"));
    return Optional.of(new Principal(source + ":" + subject, groups));
  }

  private static void addAll(Set<String> groups, String prefix, @Nullable List<String> names) {
    for (String name : names == null ? List.<String>of() : names) {
      if (groups.size() < MAX_GROUPS && name != null) {
        groups.add(prefix + name);
      }
    }
  }
}
