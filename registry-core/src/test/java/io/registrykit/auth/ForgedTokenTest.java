package io.registrykit.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import io.registrykit.internal.embedded.MovableClock;
import io.registrykit.spi.auth.Principal;
import io.registrykit.spi.auth.TokenGrant;
import io.registrykit.spi.store.DocumentStore;
import io.registrykit.store.memory.MemoryDocuments;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tokens that somebody made up. One test for each way that has worked against a registry. */
class ForgedTokenTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final String AUDIENCE = "registry.example";

  private final DocumentStore documents = new MemoryDocuments();
  private final JwtTokenIssuer issuer = at(NOW);

  private JwtTokenIssuer at(Instant now) {
    return new JwtTokenIssuer(documents, AUDIENCE, Clock.fixed(now, ZoneOffset.UTC));
  }

  private static TokenGrant grant() {
    return new TokenGrant(
        TokenGrant.Use.ACCESS,
        new Principal("user:ann"),
        "s",
        AUDIENCE,
        Set.of(),
        NOW.plusSeconds(60));
  }

  private Payload payload() throws Exception {
    return JWSObject.parse(issuer.issue(grant())).getPayload();
  }

  private RSAKey publicKey() throws Exception {
    return JWKSet.parse(issuer.publicKeys()).getKeys().get(0).toRSAKey();
  }

  @Test
  void withoutSignature() throws Exception {
    String body = payload().toBase64URL().toString();
    for (String algorithm : new String[] {"none", "None", "NONE", ""}) {
      String header = "{\"alg\":\"" + algorithm + "\",\"kid\":\"" + publicKey().getKeyID() + "\"}";
      String encoded =
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(header.getBytes(StandardCharsets.UTF_8));
      assertThat(issuer.verify(encoded + "." + body + ".")).isEmpty();
      assertThat(issuer.verify(encoded + "." + body + ".AAAA")).isEmpty();
    }
  }

  @Test
  void withThePublicKeyAsASharedSecret() throws Exception {
    RSAKey key = publicKey();
    JWSObject token =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build(), payload());
    token.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));

    assertThat(issuer.verify(token.serialize())).isEmpty();
  }

  /** CVE-2025-24976: the key came with the token. */
  @Test
  void withAKeyThatTheTokenBrings() throws Exception {
    RSAKey own = new RSAKeyGenerator(2048).keyID(publicKey().getKeyID()).generate();
    for (JWSHeader header :
        new JWSHeader[] {
          header(own).jwk(own.toPublicJWK()).build(),
          header(own).jwkURL(URI.create("https://evil.example/keys")).build(),
          header(own).x509CertURL(URI.create("https://evil.example/cert")).build(),
          header(own).build()
        }) {
      JWSObject token = new JWSObject(header, payload());
      token.sign(new RSASSASigner(own));
      assertThat(issuer.verify(token.serialize())).isEmpty();
    }
  }

  private static JWSHeader.Builder header(RSAKey key) {
    return new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT).keyID(key.getKeyID());
  }

  @Test
  void withAnotherAlgorithmOfTheSameKey() throws Exception {
    Payload payload = payload();
    RSAKey key = privateKey();
    for (JWSAlgorithm algorithm : new JWSAlgorithm[] {JWSAlgorithm.RS512, JWSAlgorithm.PS256}) {
      JWSObject token =
          new JWSObject(new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), payload);
      token.sign(new RSASSASigner(new RSAKey.Builder(key).algorithm(null).build()));
      assertThat(issuer.verify(token.serialize())).isEmpty();
    }
  }

  @Test
  void withClaimsThatAreMissingOrOfAnotherType() throws Exception {
    String good = payload().toString();
    assertThat(issuer.verify(signed(good))).isPresent();
    for (String[] change :
        new String[][] {
          {"\"exp\":" + NOW.plusSeconds(60).getEpochSecond() + ",", ""},
          {"\"exp\":", "\"exp\":\"x\",\"was\":"},
          {"\"nbf\":", "\"was\":"},
          {"\"iss\":\"RegistryKit\"", "\"iss\":\"other\""},
          {"\"aud\":\"registry.example\"", "\"aud\":[\"registry.example\",\"other\"]"},
          {"\"aud\":\"registry.example\"", "\"aud\":\"\""},
          {"\"sub\":\"user:ann\",", ""},
          {"\"grant_type\":\"access_token\"", "\"grant_type\":\"admin\""},
          {"\"stamp\":\"s\",", ""},
          {"\"access\":[]", "\"access\":\"all\""},
          {"\"access\":[]", "\"access\":[1]"},
          {"\"access\":[]", "\"access\":[{\"type\":\"repository\",\"name\":\"../x\"}]"},
          {"\"access\":[]", "\"access\":[{\"type\":\"repository\",\"name\":\"a\",\"actions\":5}]"}
        }) {
      String changed = good.replace(change[0], change[1]);
      assertThat(changed).isNotEqualTo(good);
      assertThat(issuer.verify(signed(changed))).as(changed).isEmpty();
    }
  }

  private RSAKey privateKey() throws Exception {
    return JWKSet.parse(
            documents.read(JwtTokenIssuer.KEYS_DOCUMENT).orElseThrow().content().toUtf8())
        .getKeys()
        .get(0)
        .toRSAKey();
  }

  private String signed(String claims) throws Exception {
    RSAKey key = privateKey();
    JWSObject token =
        new JWSObject(
            header(key).build(),
            new Payload(Base64URL.encode(claims.getBytes(StandardCharsets.UTF_8))));
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  @Test
  void rotationAndRestartLockNobodyOut() {
    String before = issuer.issue(grant());
    JwtTokenIssuer other = at(NOW);
    other.rotateKeys();
    String after = other.issue(grant());

    assertThat(other.verify(before)).isPresent();
    assertThat(issuer.verify(after)).isPresent();
    assertThat(at(NOW.plusSeconds(30)).verify(before)).isPresent();
    assertThat(kid(before)).isNotEqualTo(kid(after));
    assertThat(other.publicKeys()).doesNotContain("\"d\"", "\"p\"");
  }

  private static String kid(String token) {
    return new String(
        Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.'))),
        StandardCharsets.UTF_8);
  }

  @Test
  void keysRotateInTimeAndGo() {
    String first = issuer.issue(grant());
    JwtTokenIssuer later = at(NOW.plus(Duration.ofDays(30)));
    TokenGrant grant =
        new TokenGrant(
            TokenGrant.Use.REFRESH,
            new Principal("user:ann"),
            "",
            AUDIENCE,
            Set.of(),
            NOW.plus(Duration.ofDays(30)).plusSeconds(60));

    assertThat(kid(later.issue(grant))).isNotEqualTo(kid(first));
    assertThat(later.publicKeys().split("\"kid\"", -1)).hasSize(3);
    JwtTokenIssuer muchLater = at(NOW.plus(Duration.ofDays(62)));
    muchLater.rotateKeys();
    assertThat(muchLater.publicKeys()).doesNotContain(kidValue(first));
  }

  private static String kidValue(String token) {
    return kid(token).replaceAll(".*\"kid\":\"([^\"]+)\".*", "$1");
  }

  @Test
  void aTokenThatIsRememberedEndsAllTheSame() {
    MovableClock clock = new MovableClock(NOW);
    JwtTokenIssuer own = new JwtTokenIssuer(documents, AUDIENCE, clock);
    String token = own.issue(grant());

    assertThat(own.verify(token)).isPresent();
    assertThat(own.verify(token)).isPresent();
    clock.advance(Duration.ofSeconds(60));
    assertThat(own.verify(token)).isEmpty();
  }

  @Test
  void noTokenLivesForMoreThanADay() {
    TokenGrant grant =
        new TokenGrant(
            TokenGrant.Use.REFRESH,
            new Principal("user:ann"),
            "",
            AUDIENCE,
            Set.of(),
            NOW.plus(Duration.ofDays(2)));

    assertThatThrownBy(() -> issuer.issue(grant)).isInstanceOf(IllegalArgumentException.class);
  }
}
