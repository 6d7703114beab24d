package io.registrykit.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.registrykit.RegistryPolicy;
import io.registrykit.auth.AccountsDocument;
import io.registrykit.auth.AdminAccount;
import io.registrykit.auth.PasswordName;
import io.registrykit.auth.Principals;
import io.registrykit.auth.RepositoryPattern;
import io.registrykit.auth.Role;
import io.registrykit.auth.ScopeMap;
import io.registrykit.internal.auth.StoredPassword;
import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.spi.auth.Credentials;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The holes that other registries had, tried here; one test for each, with its number. Those of
 * clients (CVE-2026-33540, CVE-2020-15157, CVE-2019-10214, CVE-2024-3727) are tried in {@code
 * ExchangeTest} of the client, and secrets in logs (CVE-2025-48374) in {@code
 * SecretsStayUnsaidTest} of the server. SQL and web pages, there are none.
 */
class PeerHolesTest {
  private static final Bytes SECRET_LAYER = Bytes.utf8("somebody's layer");

  private final SecuredApi api = new SecuredApi();
  private final TestApi trusted = api.trusted();

  /** Basic credentials of a token that may do something in one place. */
  private String caller(String name, String... actions) {
    String map = "map-of-" + name;
    api.rules.putScopeMap(ScopeMap.parse(map, List.of(actions)));
    api.tokens.create(name, map);
    return SecuredApi.basic(name, api.tokens.generatePassword(name, PasswordName.PASSWORD1, null));
  }

  private String pusher() {
    return caller("pusher", "repositories/own/*/content/read", "repositories/own/*/content/write");
  }

  private Answer send(String authorization, String method, String target, Bytes body) {
    return api.send(method, target, body, "Authorization", authorization);
  }

  @Test
  @DisplayName("CVE-2017-11468: a manifest without an end is read into memory")
  void manifestsHaveALimit() {
    Answer answer =
        trusted.send(
            "PUT",
            "/v2/a/manifests/v1",
            io.registrykit.api.Headers.of("Content-Type", TestApi.MANIFEST),
            new Endless(),
            -1);
    assertThat(answer.status()).isEqualTo(413);
  }

  private static final class Endless extends InputStream {
    private long given;

    @Override
    public int read() {
      return read(new byte[1], 0, 1) == 1 ? ' ' : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      given += length;
      assertThat(given).as("bytes taken").isLessThan(64L * 1024 * 1024);
      Arrays.fill(buffer, offset, offset + length, (byte) ' ');
      return length;
    }
  }

  @Test
  @DisplayName("CVE-2023-2253: room for as many entries as the client says")
  void aPageIsAsLongAsWeSay() {
    TestApi small = TestApi.open(RegistryPolicy.strict().withMaxPageEntries(50));
    for (int i = 0; i < 60; i++) {
      small.pushBlob("r" + i, TestApi.EMPTY_JSON);
    }
    Pattern entry = Pattern.compile("\"r[0-9]+\"");
    for (String path : List.of("/v2/_catalog", "/acr/v1/_catalog")) {
      for (String n : List.of("2147483647", "9223372036854775807", "99999999999999999999")) {
        String page = small.get(path + "?n=" + n).is(200).text();
        assertThat(entry.matcher(page).results()).hasSize(50);
      }
    }
  }

  @Test
  @DisplayName("GHSA-qq97-vm5h-rrhg, GHSA-5j5w-g665-5m35, GHSA-xmmx-7jpf-fx42: one body, two types")
  void aManifestIsOfOneType() {
    Digest config = trusted.pushBlob("a", TestApi.EMPTY_JSON);
    String image =
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":{\"mediaType\":\"a/b\",\"digest\":\"%s\",\"size\":2},\"layers\":[]%s}";
    Bytes both = Bytes.utf8(image.formatted(TestApi.MANIFEST, config, ",\"manifests\":[]"));
    Bytes other = Bytes.utf8(image.formatted(TestApi.INDEX, config, ""));

    trusted.putManifest("a", "v1", both).is(400);
    trusted.putManifest("a", "v1", other).is(400);
    trusted
        .putManifest("a", "v1", Bytes.utf8(image.formatted(TestApi.MANIFEST, config, "")))
        .is(201);
  }

  @Test
  @DisplayName("CVE-2025-24976: a token brings the key that it is verified with")
  void aTokenBringsNoKey() throws Exception {
    String secret = api.directory.addServicePrincipal("ci");
    String good = api.token("ci", secret);
    JWSObject parsed = JWSObject.parse(good);
    RSAKey own = new RSAKeyGenerator(2048).keyID(parsed.getHeader().getKeyID()).generate();
    JWSObject forged =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID(own.getKeyID())
                .jwk(own.toPublicJWK())
                .build(),
            parsed.getPayload());
    forged.sign(new RSASSASigner(own));

    api.as(SecuredApi.bearer(good), "GET", "/v2/").is(200);
    api.as(SecuredApi.bearer(forged.serialize()), "GET", "/v2/").is(401);
  }

  @Test
  @DisplayName("CVE-2026-35172: a deleted blob is read again through what somebody remembers")
  void whatWasDeletedIsGone() {
    Digest blob = trusted.pushBlob("own/a", SECRET_LAYER);
    trusted.pushBlob("own/b", SECRET_LAYER);
    String path = "/blobs/" + blob;
    trusted.get("/v2/own/a" + path).is(200);
    trusted.get("/v2/own/b" + path).is(200);

    trusted.delete("/v2/own/a" + path).is(202);

    trusted.get("/v2/own/a" + path).is(404);
    trusted.head("/v2/own/a" + path).is(404);
    trusted.post("/v2/own/c/blobs/uploads/?from=own/a&mount=" + blob).is(202);
    trusted.get("/v2/own/c" + path).is(404);
    trusted.get("/v2/own/b" + path).is(200);
  }

  @Test
  @DisplayName("CVE-2026-41888: deleting by tag passes by what forbids deleting")
  void deletingByTagIsDeleting() {
    trusted.pushManifest("own/a", "v1", "x");
    String pusher = pusher();

    for (String path : List.of("/v2/own/a/manifests/v1", "/acr/v1/own/a/_tags/v1")) {
      api.as(pusher, "DELETE", path).is(403);
    }
    trusted.send("PATCH", "/acr/v1/own/a/_tags/v1", Bytes.utf8("{\"deleteEnabled\":false}"));
    for (String path : List.of("/v2/own/a/manifests/v1", "/acr/v1/own/a/_tags/v1")) {
      trusted.delete(path).is(405);
    }
    trusted.get("/v2/own/a/manifests/v1").is(200);
  }

  @Test
  @DisplayName("CVE-2024-39897: a digest is enough to read what another repository has")
  void aDigestIsNoRight() {
    Digest blob = trusted.pushBlob("secret/a", SECRET_LAYER);
    String pusher = pusher();
    String uploads = "/v2/own/a/blobs/uploads/?mount=" + blob;

    api.as(pusher, "POST", uploads).is(202);
    api.as(pusher, "POST", uploads + "&from=secret/a").is(202);
    api.as(pusher, "HEAD", "/v2/own/a/blobs/" + blob).is(404);
    api.as(pusher, "GET", "/v2/own/a/blobs/" + blob).is(404);
    api.as(pusher, "GET", "/v2/secret/a/blobs/" + blob).is(403);
    Bytes naming =
        Bytes.utf8(
            "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":{\"mediaType\":\"a/b\",\"digest\":\"%s\",\"size\":16},\"layers\":[]}"
                .formatted(TestApi.MANIFEST, blob));
    api.send(
            "PUT",
            "/v2/own/a/manifests/v1",
            naming,
            "Authorization",
            pusher,
            "Content-Type",
            TestApi.MANIFEST)
        .is(400);
  }

  @Test
  @DisplayName("CVE-2025-23208: rights of groups that somebody has left")
  void whoLeftAGroupHasNothingOfIt() {
    String secret = api.directory.addServicePrincipal("ann");
    api.rules.assignToGroup("ops", Role.ACR_PULL, RepositoryPattern.ALL);
    api.rules.assignToGroup("dev", Role.ACR_DELETE, RepositoryPattern.ALL);
    api.directory.setGroups(Principals.servicePrincipal("ann"), Set.of("ops", "dev"));
    String token = api.token("ann", secret, "repository:a:pull,delete");
    api.as(SecuredApi.bearer(token), "GET", "/v2/a/tags/list").is(404);

    api.directory.setGroups(Principals.servicePrincipal("ann"), Set.of("dev"));

    api.as(SecuredApi.bearer(token), "GET", "/v2/a/tags/list").is(401);
    api.as(SecuredApi.basic("ann", secret), "GET", "/v2/a/tags/list").is(403);
    api.as(SecuredApi.basic("ann", secret), "DELETE", "/acr/v1/a").is(404);
  }

  @Test
  @DisplayName("CVE-2019-16097: a field that nobody asked for makes an admin")
  void fieldsThatNobodyAskedForDoNothing() {
    String pusher = pusher();
    trusted.pushManifest("own/a", "v1", "x");
    trusted
        .send(
            "PATCH",
            "/acr/v1/own/a",
            Bytes.utf8("{\"imageName\":\"other\",\"tagCount\":0,\"role\":\"Owner\"}"))
        .is(200);
    assertThat(trusted.get("/acr/v1/own/a").text())
        .contains("\"imageName\":\"own/a\"", "\"tagCount\":1");
    Credentials.Password password =
        (Credentials.Password)
            AuthorizationHeader.read(io.registrykit.api.Headers.of("Authorization", pusher))
                .orElseThrow();
    String token =
        SecuredApi.field(
            api.form(
                    "/oauth2/token",
                    "grant_type",
                    "password",
                    "username",
                    password.user(),
                    "password",
                    password.secret(),
                    "scope",
                    "repository:own/a:*",
                    "access",
                    "[{\"type\":\"repository\",\"name\":\"own/a\",\"actions\":[\"delete\"]}]",
                    "roles",
                    "Owner",
                    "sub",
                    "admin:registry",
                    "has_admin_role",
                    "true")
                .is(200),
            "access_token");
    api.as(SecuredApi.bearer(token), "DELETE", "/acr/v1/own/a").is(401);
    assertThatThrownBy(
            () -> AccountsDocument.parse("{\"users\":[{\"name\":\"a\",\"admin\":true}]}"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("CVE-2022-31667, -31668, -31670, CVE-2024-22278: an id of another project is taken")
  void idsHoldInTheirRepositoryAlone() {
    String pusher = pusher();
    Digest foreign = trusted.pushManifest("secret/a", "v1", "x");
    Digest mine = trusted.pushManifest("own/b", "v1", "y");
    String place = api.as(pusher, "POST", "/v2/own/b/blobs/uploads/").is(202).header("Location");
    String session = place.substring(place.lastIndexOf('/') + 1);

    api.as(pusher, "GET", "/v2/own/a/manifests/" + foreign).is(404);
    trusted.get("/acr/v1/own/b/_manifests/" + foreign).is(404);
    trusted.delete("/v2/own/b/manifests/" + foreign).is(404);
    trusted
        .send("PATCH", "/acr/v1/own/b/_manifests/" + foreign, Bytes.utf8("{\"readEnabled\":false}"))
        .is(404);
    assertThat(trusted.get("/acr/v1/own/b/_tags?digest=" + TestApi.encoded(foreign)).text())
        .doesNotContain("v1");
    for (String method : List.of("GET", "PATCH", "DELETE")) {
      api.as(pusher, method, "/v2/own/a/blobs/uploads/" + session).is(404);
    }
    api.as(pusher, "PUT", "/v2/own/a/blobs/uploads/" + session + "?digest=" + mine).is(404);
    trusted.get("/v2/secret/a/manifests/v1").is(200);
  }

  @Test
  @DisplayName("CVE-2019-19030, CVE-2020-13794, CVE-2020-29662: answers tell who and what there is")
  void refusalsTellNothing() {
    trusted.pushManifest("secret/there", "v1", "x");
    String pusher = pusher();
    for (String path :
        List.of("/v2/secret/%s/tags/list", "/acr/v1/secret/%s", "/v2/secret/%s/manifests/v1")) {
      String there = api.as(pusher, "GET", path.formatted("there")).is(403).text();
      String absent = api.as(pusher, "GET", path.formatted("absnt")).is(403).text();
      assertThat(there.replace("there", "absnt")).isEqualTo(absent);
      api.get(path.formatted("there")).is(401);
      api.get(path.formatted("absnt")).is(401);
    }
    assertThat(api.as(SecuredApi.basic("pusher", "x"), "GET", "/v2/").is(401).text())
        .isEqualTo(api.as(SecuredApi.basic("nobody", "x"), "GET", "/v2/").is(401).text());
    for (String catalog : List.of("/v2/_catalog", "/acr/v1/_catalog")) {
      assertThat(api.get(catalog).is(401).text()).doesNotContain("secret");
      assertThat(api.as(pusher, "GET", catalog).is(403).text()).doesNotContain("secret");
    }
  }

  @Test
  @DisplayName("CVE-2023-20902: secrets are compared in as much time as they have in common")
  void secretsAreComparedInConstantTime() throws IOException {
    try (InputStream code = StoredPassword.class.getResourceAsStream("StoredPassword.class")) {
      assertThat(code).isNotNull();
      assertThat(new String(code.readAllBytes(), StandardCharsets.ISO_8859_1))
          .contains("java/security/MessageDigest", "isEqual")
          .doesNotContain("java/util/Arrays");
    }
  }

  @Test
  @DisplayName("CVE-2025-30086, CVE-2024-22261: an order or a filter names what is inside")
  void onlyKnownOrdersAreTaken() {
    trusted.pushManifest("a", "v1", "x");
    for (String order : List.of("name;drop", "password", "timedesc,name", "TIMEDESC'")) {
      trusted
          .get("/acr/v1/a/_tags?orderby=" + URLEncoder.encode(order, StandardCharsets.UTF_8))
          .is(400);
      trusted
          .get("/acr/v1/a/_manifests?orderby=" + URLEncoder.encode(order, StandardCharsets.UTF_8))
          .is(400);
    }
    trusted.get("/acr/v1/a/_tags?digest=sha256%3A%25").is(400);
  }

  @Test
  @DisplayName("CVE-2026-4404: a password that everybody knows")
  void thereIsNoPasswordAtFirst() throws IOException {
    AdminAccount admin = new AdminAccount("registry", Clock.systemUTC());
    for (String guess : List.of("", "admin", "password", "registry", "Harbor12345")) {
      assertThat(admin.signIn(new Credentials.Password("registry", guess))).isEmpty();
    }
    admin.enable();
    for (String guess : List.of("", "admin", "password", "registry", "Harbor12345")) {
      assertThat(admin.signIn(new Credentials.Password("registry", guess))).isEmpty();
    }
  }

  @Test
  @DisplayName("CVE-2019-19025, CVE-2025-32019: what is echoed runs as a page")
  void whatIsEchoedIsNoPage() {
    Answer answer = trusted.get("/v2/a/manifests/%3Cscript%3Ealert(1)%3C%2Fscript%3E");
    assertThat(answer.status()).isBetween(400, 404);
    answer.has("Content-Type", "application/json");
  }

  @Test
  @DisplayName("CVE-2026-32589: an upload of somebody else is read and written")
  void uploadsBelongToWhoStartedThem() {
    String pusher = pusher();
    String other =
        caller("other", "repositories/own/*/content/read", "repositories/own/*/content/write");
    String place = api.as(pusher, "POST", "/v2/own/a/blobs/uploads/").is(202).header("Location");
    send(pusher, "PATCH", place, SECRET_LAYER).is(202);

    api.as(other, "GET", place).is(404);
    send(other, "PATCH", place, SECRET_LAYER).is(404);
    send(other, "PUT", place + "?digest=" + TestApi.sha256(SECRET_LAYER), Bytes.empty()).is(404);
    api.as(other, "DELETE", place).is(404);
    send(pusher, "PUT", place + "?digest=" + TestApi.sha256(SECRET_LAYER), Bytes.empty()).is(201);
  }

  @Test
  @DisplayName("CVE-2026-2376, CVE-2026-10517: a URL in a manifest is fetched")
  void noUrlIsFetched() throws IOException {
    try (ServerSocket inside = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      inside.setSoTimeout(200);
      String url = "http://127.0.0.1:" + inside.getLocalPort() + "/";
      Digest config = trusted.pushBlob("a", TestApi.EMPTY_JSON);
      Digest layer = TestApi.sha256(SECRET_LAYER);
      Bytes manifest =
          Bytes.utf8(
              "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":{\"mediaType\":\"a/b\",\"digest\":\"%s\",\"size\":2},\"layers\":[{\"mediaType\":\"application/vnd.oci.image.layer.nondistributable.v1.tar\",\"digest\":\"%s\",\"size\":16,\"urls\":[\"%s\"]}]}"
                  .formatted(TestApi.MANIFEST, config, layer, url));
      assertThat(trusted.putManifest("a", "v1", manifest).status()).isIn(201, 400);
      assertThat(trusted.get("/v2/a/blobs/" + layer).status()).isEqualTo(404);
      trusted.get("/v2/a/manifests/v1");
      assertThatThrownBy(inside::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  @DisplayName("CVE-2021-3762: a name leaves the folder")
  void namesAreNoPaths() {
    for (String name : List.of("../a", "a/../../b", "..%2F..%2Fetc", "a%2F..%2Fb", ".", "a//b")) {
      assertThat(trusted.get("/v2/" + name + "/tags/list").status()).isBetween(400, 404);
      assertThat(trusted.post("/v2/" + name + "/blobs/uploads/").status()).isBetween(400, 404);
    }
  }
}
