package io.registrykit.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.registrykit.internal.embedded.MovableClock;
import io.registrykit.spi.auth.Credentials;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OidcIdentitiesTest {
  private static final String ISSUER = "https://login.example/tenant/v2.0";
  private static final String TENANT = "a-tenant";
  private static RSAKey rsa;
  private static ECKey ec;

  private final Keys keys = new Keys();
  private final MovableClock time = new MovableClock(Instant.parse("2026-03-01T10:00:00Z"));
  private final OidcIdentities identities =
      OidcIdentities.builder(ISSUER, keys)
          .audience(Directory.AUDIENCE)
          .tenant(TENANT)
          .subjectClaim("oid")
          .clock(time)
          .build();

  @BeforeAll
  static void makeKeys() throws Exception {
    rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
    ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
  }

  private static final class Keys implements TextSource {
    private List<JWK> published = List.of(rsa.toPublicJWK());
    private int reads;
    private boolean broken;
    private String version = "";

    @Override
    public String version() {
      return version;
    }

    @Override
    public String read() throws IOException {
      reads++;
      if (broken) {
        throw new IOException("no route to host");
      }
      return new JWKSet(published).toString();
    }
  }

  private JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(Directory.AUDIENCE)
        .claim("tid", TENANT)
        .claim("oid", "42")
        .claim("roles", List.of("Push"))
        .claim("groups", List.of("g1"))
        .notBeforeTime(Date.from(time.instant()))
        .expirationTime(Date.from(time.instant().plus(Duration.ofHours(1))));
  }

  private static String signed(JWTClaimsSet.Builder claims) throws Exception {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa").build(), claims.build());
    token.sign(new RSASSASigner(rsa));
    return token.serialize();
  }

  private Optional<SignIn> signIn(String token) throws IOException {
    return identities.signIn(new Credentials.Bearer(token));
  }

  @Test
  void aGoodTokenNamesTheCallerAndItsGroups() throws Exception {
    SignIn signIn = signIn(signed(claims())).orElseThrow();

    assertThat(signIn.principal().name()).isEqualTo("oidc:42");
    assertThat(signIn.principal().groups())
        .containsExactlyInAnyOrder("oidc-role:Push", "oidc-group:g1");
    assertThat(identities.stands(signIn.principal(), signIn.stamp())).isTrue();
    assertThat(identities.stands(Principals.user("42"), "")).isFalse();
    assertThat(signIn(signed(claims().claim("groups", null))).orElseThrow().principal().groups())
        .containsExactly("oidc-role:Push");
  }

  @Test
  void whatIsWrongWithAClaimIsRefused() throws Exception {
    for (JWTClaimsSet.Builder wrong :
        List.of(
            claims().issuer("https://login.example/tenant/v2.0/"),
            claims().issuer(null),
            claims().audience("other"),
            claims().audience(List.of()),
            claims().claim("tid", "other"),
            claims().claim("tid", null),
            claims().claim("oid", null),
            claims().claim("oid", ""),
            claims().claim("oid", List.of("42")),
            claims().claim("roles", "Push"),
            claims().expirationTime(null),
            claims().expirationTime(Date.from(time.instant().minusSeconds(61))),
            claims().notBeforeTime(Date.from(time.instant().plusSeconds(61))))) {
      assertThat(signIn(signed(wrong))).as(wrong.build().toString()).isEmpty();
    }
  }

  @Test
  void signaturesThatProveNothingAreRefused() throws Exception {
    SignedJWT shared =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa").build(), claims().build());
    shared.sign(new MACSigner(rsa.toRSAPublicKey().getEncoded()));
    RSAKey stranger = new RSAKeyGenerator(2048).keyID("rsa").generate();
    SignedJWT forged =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("rsa")
                .jwk(stranger.toPublicJWK())
                .build(),
            claims().build());
    forged.sign(new RSASSASigner(stranger));
    SignedJWT nameless = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims().build());
    nameless.sign(new RSASSASigner(rsa));
    String body = signed(claims()).split("\\.", -1)[1];

    assertThat(signIn(shared.serialize())).isEmpty();
    assertThat(signIn(forged.serialize())).isEmpty();
    assertThat(signIn(nameless.serialize())).isEmpty();
    assertThat(signIn("eyJhbGciOiJub25lIiwia2lkIjoicnNhIn0." + body + ".")).isEmpty();
    assertThat(signIn("x")).isEmpty();
    assertThat(signIn("x".repeat(20_000))).isEmpty();
    assertThat(identities.signIn(new Credentials.Password("x", signed(claims())))).isEmpty();
  }

  @Test
  void aNewKeyIsFetchedOnceAndStrangeOnesRarely() throws Exception {
    signIn(signed(claims()));
    assertThat(keys.reads).isOne();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec").build(), claims().build());
    token.sign(new ECDSASigner(ec));
    assertThat(signIn(token.serialize())).isEmpty();
    assertThat(keys.reads).isEqualTo(2);

    keys.published = List.of(rsa.toPublicJWK(), ec.toPublicJWK());
    time.advance(Duration.ofSeconds(31));
    assertThat(signIn(token.serialize())).isPresent();
    assertThat(keys.reads).isEqualTo(3);
    for (int i = 0; i < 20; i++) {
      signIn(token.serialize().replaceFirst("^[^.]*", "eyJhbGciOiJSUzI1NiIsImtpZCI6IngifQ"));
    }
    assertThat(keys.reads).isEqualTo(4);
    assertThat(signIn(token.serialize())).isPresent();
  }

  @Test
  void aKeyThatTheProviderTookBackEnds() throws Exception {
    String token = signed(claims());
    assertThat(signIn(token)).isPresent();
    keys.published = List.of(ec.toPublicJWK());

    time.advance(Duration.ofMinutes(14));
    assertThat(signIn(token)).isPresent();
    assertThat(keys.reads).isOne();
    time.advance(Duration.ofMinutes(2));
    assertThat(signIn(token)).isEmpty();
  }

  @Test
  void aFileThatWasReplacedCountsAtOnce() throws Exception {
    String token = signed(claims());
    assertThat(signIn(token)).isPresent();
    keys.published = List.of(ec.toPublicJWK());
    keys.version = "another";

    assertThat(signIn(token)).isEmpty();
    for (int i = 0; i < 20; i++) {
      keys.version = "another " + i;
      signIn(token);
    }
    assertThat(keys.reads).isEqualTo(2);
  }

  @Test
  void keysThatWereGoodStaySoWhenTheProviderIsAway() throws Exception {
    keys.broken = true;
    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(() -> signIn(signed(claims()))).isInstanceOf(IOException.class);
    }
    assertThat(keys.reads).isEqualTo(2);

    time.advance(Duration.ofSeconds(31));
    keys.broken = false;
    assertThat(signIn(signed(claims()))).isPresent();
    keys.broken = true;
    time.advance(Duration.ofSeconds(31));
    assertThat(
            signIn(signed(claims()).replaceFirst("^[^.]*", "eyJhbGciOiJSUzI1NiIsImtpZCI6IngifQ")))
        .isEmpty();
    assertThat(signIn(signed(claims()))).isPresent();
    time.advance(Duration.ofHours(23));
    assertThat(signIn(signed(claims()))).isPresent();
    time.advance(Duration.ofHours(2));
    assertThatThrownBy(() -> signIn(signed(claims()))).isInstanceOf(IOException.class);
  }

  @Test
  void someAudienceHasToBeNamed() {
    assertThatThrownBy(() -> OidcIdentities.builder(ISSUER, keys).build())
        .isInstanceOf(IllegalStateException.class);
  }
}
