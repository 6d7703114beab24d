package io.registrykit.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.auth.PasswordName;
import io.registrykit.auth.Principals;
import io.registrykit.auth.RepositoryPattern;
import io.registrykit.auth.Role;
import io.registrykit.auth.ScopeMap;
import io.registrykit.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokenProtocolTest {
  private static final String PULL = "repository:team/app:pull";
  private static final String TOKEN_USER = "00000000-0000-0000-0000-000000000000";

  private final SecuredApi api = new SecuredApi();

  private String pusher() {
    String secret = api.directory.addServicePrincipal("pusher");
    api.rules.assign(
        Principals.servicePrincipal("pusher"), Role.ACR_PUSH, new RepositoryPattern("team/*"));
    return secret;
  }

  private String scopedToken(String... actions) {
    api.rules.putScopeMap(ScopeMap.parse("the-map", List.of(actions)));
    api.tokens.create("ci-token", "the-map");
    return api.tokens.generatePassword("ci-token", PasswordName.PASSWORD1, null);
  }

  private static String payload(String token) {
    String encoded = token.split("\\.", -1)[1];
    assertThat(encoded).doesNotContain("-", "_");
    return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
  }

  @Test
  void theChallengeIsTheOneThatEveryClientReads() {
    api.get("/v2/", "Host", "registry.example:5000")
        .fails(401, "UNAUTHORIZED")
        .has(
            "WWW-Authenticate",
            "Bearer"
                + " service=\"registry.example\",realm=\"https://registry.example:5000/oauth2/token\"");
    Answer answer = api.get("/v2/service/scope/manifests/v1").fails(401, "UNAUTHORIZED");
    answer.has(
        "WWW-Authenticate",
        "Bearer"
            + " service=\"registry.example\",scope=\"repository:service/scope:pull\",realm=\"https://registry.example/oauth2/token\"");
    assertThat(answer.text())
        .contains("{\"Action\":\"pull\",\"Name\":\"service/scope\",\"Type\":\"repository\"}");
    assertThat(api.get("/v2/_catalog").is(401).header("WWW-Authenticate"))
        .contains("scope=\"registry:catalog:*\"");
    assertThat(
            api.send("PUT", "/v2/a/manifests/v1", Bytes.utf8("{}"))
                .is(401)
                .header("WWW-Authenticate"))
        .contains("scope=\"repository:a:pull,push\"");
  }

  @Test
  void theChallengeOfAMountAsksForItsSourceToo() {
    String mount = "/v2/team/app/blobs/uploads/?mount=sha256:" + "0".repeat(64) + "&from=";

    assertThat(
            api.send("POST", mount + "a/source", Bytes.empty()).is(401).header("WWW-Authenticate"))
        .contains("scope=\"repository:team/app:pull,push repository:a/source:pull\"");
    assertThat(api.send("POST", mount + "A%22", Bytes.empty()).is(401).header("WWW-Authenticate"))
        .contains("scope=\"repository:team/app:pull,push\"");
  }

  @Test
  void aHostThatIsNoneDoesNotGetIntoTheChallenge() {
    for (String host : List.of("evil\",realm=\"http://x", "a b", "x/y", "")) {
      assertThat(api.get("/v2/", "Host", host).is(401).header("WWW-Authenticate"))
          .endsWith("realm=\"https://registry.example/oauth2/token\"");
    }
  }

  @Test
  void aTokenThatIsShortAsksForAnotherOne() {
    String secret = pusher();
    String token = api.token("pusher", secret, PULL);

    api.as(SecuredApi.bearer(token), "GET", "/v2/team/app/tags/list").is(404);
    assertThat(
            api.as(SecuredApi.bearer(token), "POST", "/v2/team/app/blobs/uploads/")
                .fails(401, "UNAUTHORIZED")
                .header("WWW-Authenticate"))
        .contains("scope=\"repository:team/app:pull,push\"")
        .endsWith(",error=\"insufficient_scope\"");
    api.as(SecuredApi.bearer(token), "GET", "/v2/team/other/tags/list").is(401);
    api.as(SecuredApi.bearer(token), "GET", "/v2/").is(200);
  }

  @Test
  void clientsSayScopesInManyWays() {
    String secret = pusher();
    for (String[] scopes :
        new String[][] {
          {"repository:team/app:push,pull"},
          {"repository:team/app:pull repository:team/app:push"},
          {"repository:team/app:push", "repository:team/app:pull"},
          {"repository:other:pull,push repository:team/app:*,nonsense"},
          {"nonsense", "a:b", "repository:UPPER:pull", "::", "repository:team/app:pull,push,x"}
        }) {
      String token = api.token("pusher", secret, scopes);
      api.as(SecuredApi.bearer(token), "POST", "/v2/team/app/blobs/uploads/").is(202);
      api.as(SecuredApi.bearer(token), "DELETE", "/acr/v1/team/app").is(401);
      api.as(SecuredApi.bearer(token), "GET", "/v2/other/tags/list").is(401);
    }
    String old = api.token("pusher", secret, "repository:team/app:metadataRead");
    api.as(SecuredApi.bearer(old), "GET", "/acr/v1/team/app").is(404);
  }

  @Test
  void theAnswerHasWhatBothGenerationsOfClientsLookFor() {
    String secret = pusher();
    Answer answer =
        api.get(
                "/oauth2/token?account=pusher&client_id=docker&offline_token=true&service="
                    + SecuredApi.SERVICE
                    + "&scope="
                    + PULL,
                "Authorization",
                SecuredApi.basic("pusher", secret))
            .is(200)
            .has("Cache-Control", "no-store");

    assertThat(answer.text())
        .contains("\"token\":\"", "\"expires_in\":4500", "\"issued_at\":\"2026-03-01T10:00:00Z\"")
        .doesNotContain("refresh_token");
    assertThat(payload(SecuredApi.field(answer, "access_token")))
        .startsWith("{\"exp\":" + api.time.instant().plus(Duration.ofMinutes(75)).getEpochSecond())
        .contains(
            "\"aud\":\"registry.example\"",
            "\"grant_type\":\"access_token\"",
            "\"access\":[{\"type\":\"repository\",\"name\":\"team/app\",\"actions\":[\"pull\"]}]");
  }

  @Test
  void theGrantTypesOfTheForm() throws Exception {
    String secret = pusher();
    api.form(
            "/oauth2/token",
            "grant_type",
            "password",
            "username",
            "pusher",
            "password",
            secret,
            "scope",
            PULL,
            "client_id",
            "containerd-client",
            "unknown",
            "field")
        .is(200);
    String provider = api.directory.issueToken("pusher", secret).orElseThrow();
    String refresh =
        SecuredApi.field(
            api.form(
                    "/oauth2/exchange",
                    "grant_type",
                    "access_token",
                    "service",
                    SecuredApi.SERVICE,
                    "access_token",
                    provider)
                .is(200),
            "refresh_token");
    Answer granted =
        api.form(
                "/oauth2/token",
                "grant_type",
                "refresh_token",
                "refresh_token",
                refresh,
                "service",
                SecuredApi.SERVICE,
                "scope",
                PULL)
            .is(200);
    api.as(
            SecuredApi.bearer(SecuredApi.field(granted, "access_token")),
            "GET",
            "/v2/team/app/tags/list")
        .is(404);

    assertThat(
            SecuredApi.field(
                api.form(
                        "/oauth2/exchange", "grant_type", "refresh_token", "refresh_token", refresh)
                    .is(200),
                "refresh_token"))
        .isEqualTo(refresh);
    api.form("/oauth2/token", "grant_type", "client_credentials").fails(400, "UNSUPPORTED");
    api.form("/oauth2/exchange", "grant_type", "password").fails(400, "UNSUPPORTED");
    api.form("/oauth2/exchange").fails(400, "UNSUPPORTED");
    api.form("/oauth2/token", "grant_type", "refresh_token").fails(400, "UNSUPPORTED");
    api.form("/oauth2/token", "grant_type", "password", "service", "other.example")
        .fails(400, "UNSUPPORTED");
  }

  @Test
  void oneKindOfTokenNeverPassesForAnother() throws Exception {
    String secret = pusher();
    String provider = api.directory.issueToken("pusher", secret).orElseThrow();
    String refresh =
        SecuredApi.field(
            api.form("/oauth2/exchange", "grant_type", "access_token", "access_token", provider),
            "refresh_token");
    String access = api.token("pusher", secret, PULL);

    api.as(SecuredApi.bearer(refresh), "GET", "/v2/").is(401);
    api.as(SecuredApi.bearer(provider), "GET", "/v2/").is(401);
    api.form("/oauth2/token", "grant_type", "refresh_token", "refresh_token", access).is(401);
    api.form("/oauth2/token", "grant_type", "refresh_token", "refresh_token", provider).is(401);
    api.form("/oauth2/exchange", "grant_type", "access_token", "access_token", access).is(401);
    api.form("/oauth2/exchange", "grant_type", "access_token", "access_token", refresh).is(401);
    api.as(SecuredApi.bearer(access), "GET", "/oauth2/token").is(401);
  }

  @Test
  void aTokenServesAsThePasswordAndOpensNoMore() throws Exception {
    String secret = pusher();
    String provider = api.directory.issueToken("pusher", secret).orElseThrow();
    String refresh =
        SecuredApi.field(
            api.form("/oauth2/exchange", "grant_type", "access_token", "access_token", provider),
            "refresh_token");
    String access = api.token("pusher", secret, PULL);

    api.as(SecuredApi.basic(TOKEN_USER, refresh), "POST", "/v2/team/app/blobs/uploads/").is(202);
    api.as(SecuredApi.basic(TOKEN_USER, access), "GET", "/v2/team/app/tags/list").is(404);
    api.as(SecuredApi.basic(TOKEN_USER, access), "POST", "/v2/team/app/blobs/uploads/").is(401);
    String narrowed = api.token(TOKEN_USER, access, "repository:team/app:pull,push");
    api.as(SecuredApi.bearer(narrowed), "POST", "/v2/team/app/blobs/uploads/").is(401);
    api.as(SecuredApi.basic(TOKEN_USER, "x.y.z"), "GET", "/v2/").is(401);
  }

  @Test
  void anonymousCallersGetTokensForWhatIsForEverybody() {
    api.rules.anonymousPull(List.of(new RepositoryPattern("public/*")));
    Answer answer =
        api.form(
            "/oauth2/token",
            "grant_type",
            "password",
            "service",
            SecuredApi.SERVICE,
            "scope",
            "repository:public/app:pull,push repository:private:pull registry:catalog:*");
    String token = SecuredApi.field(answer.is(200), "access_token");

    assertThat(payload(token)).contains("public/app").doesNotContain("private", "push", "catalog");
    api.as(SecuredApi.bearer(token), "GET", "/v2/public/app/tags/list").is(404);
    api.as(SecuredApi.bearer(token), "GET", "/v2/private/tags/list").is(401);
    api.as(SecuredApi.bearer(token), "GET", "/v2/_catalog").is(401);
    api.rules.anonymousPull(Set.<RepositoryPattern>of());
    api.as(SecuredApi.bearer(token), "GET", "/v2/public/app/tags/list").is(401);
  }

  @Test
  void mountingNeedsPullOnTheSource() {
    api.trusted().pushBlob("secret/source", Bytes.utf8("hidden"));
    api.trusted().pushBlob("team/source", Bytes.utf8("shared"));
    String secret = pusher();
    String hidden = TestApi.sha256(Bytes.utf8("hidden")).toString();
    String shared = TestApi.sha256(Bytes.utf8("shared")).toString();
    String both =
        api.token(
            "pusher",
            secret,
            "repository:team/app:pull,push repository:team/source:pull"
                + " repository:secret/source:pull");
    String target = api.token("pusher", secret, "repository:team/app:pull,push");
    String uploads = "/v2/team/app/blobs/uploads/?mount=";

    api.as(SecuredApi.bearer(both), "POST", uploads + hidden + "&from=secret/source").is(202);
    api.as(SecuredApi.bearer(target), "POST", uploads + shared + "&from=team/source").is(202);
    api.as(SecuredApi.bearer(target), "HEAD", "/v2/team/app/blobs/" + shared).is(404);
    api.as(SecuredApi.bearer(both), "POST", uploads + hidden).is(202);
    api.as(SecuredApi.bearer(both), "POST", uploads + shared + "&from=team/source").is(201);
  }

  @Test
  void whatATokenRestsOnEndsIt() {
    String secret = scopedToken("repositories/team/app/content/read");
    String token = api.token("ci-token", secret, PULL);
    String other = api.tokens.generatePassword("ci-token", PasswordName.PASSWORD2, null);
    String fromOther = api.token("ci-token", other, PULL);
    String tags = "/v2/team/app/tags/list";

    api.as(SecuredApi.bearer(token), "GET", tags).is(404);
    api.tokens.setEnabled("ci-token", false);
    api.as(SecuredApi.bearer(token), "GET", tags).is(401);
    api.as(SecuredApi.basic("ci-token", secret), "GET", tags).is(401);
    api.tokens.setEnabled("ci-token", true);
    api.as(SecuredApi.bearer(token), "GET", tags).is(404);

    api.tokens.generatePassword("ci-token", PasswordName.PASSWORD1, null);
    api.as(SecuredApi.bearer(token), "GET", tags).is(401);
    api.as(SecuredApi.bearer(fromOther), "GET", tags).is(404);

    api.rules.putScopeMap(ScopeMap.of("the-map", Map.of()));
    api.as(SecuredApi.bearer(fromOther), "GET", tags).is(401);
    assertThat(api.tokens.delete("ci-token")).isTrue();
    api.as(SecuredApi.basic("ci-token", other), "GET", tags).is(401);
  }

  @Test
  void aPasswordEndsInTime() {
    scopedToken("repositories/team/app/content/read");
    String secret =
        api.tokens.generatePassword(
            "ci-token", PasswordName.PASSWORD2, api.time.instant().plus(Duration.ofMinutes(10)));
    String token = api.token("ci-token", secret, PULL);

    api.time.advance(Duration.ofMinutes(9));
    api.as(SecuredApi.bearer(token), "GET", "/v2/").is(200);
    api.time.advance(Duration.ofMinutes(1));
    api.as(SecuredApi.bearer(token), "GET", "/v2/").is(401);
    api.as(SecuredApi.basic("ci-token", secret), "GET", "/v2/").is(401);
  }

  @Test
  void theAdminAccountIsOffUnlessEnabled() {
    String secret = api.admin.regenerate(PasswordName.PASSWORD1);
    api.rules.assign(api.admin.principal(), Role.OWNER, RepositoryPattern.ALL);

    api.as(SecuredApi.basic("registry", secret), "GET", "/v2/").is(401);
    api.admin.enable();
    api.as(SecuredApi.basic("registry", secret), "GET", "/v2/_catalog").is(200);
    String token = api.token("registry", secret, "registry:catalog:*");
    String second = api.admin.regenerate(PasswordName.PASSWORD2);
    api.as(SecuredApi.basic("registry", second), "GET", "/v2/_catalog").is(200);
    api.as(SecuredApi.bearer(token), "GET", "/v2/_catalog").is(200);
    api.admin.disable();
    api.as(SecuredApi.bearer(token), "GET", "/v2/_catalog").is(401);
  }

  @Test
  void whoLeavesAGroupLosesItsRights() {
    String secret = api.directory.addServicePrincipal("member");
    api.rules.assignToGroup("ops", Role.ACR_PULL, RepositoryPattern.ALL);
    api.directory.setGroups(Principals.servicePrincipal("member"), Set.of("ops"));
    String token = api.token("member", secret, PULL);

    api.as(SecuredApi.bearer(token), "GET", "/v2/team/app/tags/list").is(404);
    api.directory.setGroups(Principals.servicePrincipal("member"), Set.of());
    api.as(SecuredApi.bearer(token), "GET", "/v2/team/app/tags/list").is(401);
  }

  @Test
  void guessingIsSlowedDown() {
    String secret = scopedToken("repositories/team/app/content/read");
    for (int i = 0; i < 5; i++) {
      api.as(SecuredApi.basic("ci-token", "wrong"), "GET", "/v2/").is(401);
    }

    Answer slowed =
        api.as(SecuredApi.basic("ci-token", secret), "GET", "/v2/").fails(429, "TOOMANYREQUESTS");
    assertThat(Long.parseLong(slowed.header("Retry-After"))).isBetween(1L, 300L);
    api.form("/oauth2/token", "grant_type", "password", "username", "ci-token", "password", "x")
        .is(429);
    api.sendFrom(
            "192.0.2.2",
            "GET",
            "/v2/",
            Bytes.empty(),
            "Authorization",
            SecuredApi.basic("ci-token", secret))
        .is(200);
    api.time.advance(Duration.ofMinutes(5));
    api.as(SecuredApi.basic("ci-token", secret), "GET", "/v2/").is(200);
  }

  @Test
  void aFormThatIsTooLongIsNotRead() {
    assertThat(api.send("POST", "/oauth2/token", Bytes.copyOf(new byte[100_000])).status())
        .isEqualTo(413);
    api.send("POST", "/oauth2/token", Bytes.utf8("a=%zz")).is(400);
    api.send("PUT", "/oauth2/token", Bytes.empty()).is(405);
  }

  @Test
  void nothingSecretIsSaidAloud() throws Exception {
    String secret = scopedToken("repositories/team/app/content/read");
    String wrong = "hunter2-is-not-it";
    api.token("ci-token", secret);
    Answer refused = api.as(SecuredApi.basic("ci-token", wrong), "GET", "/v2/").is(401);
    Answer unknown = api.as(SecuredApi.basic("nobody", wrong), "GET", "/v2/").is(401);

    assertThat(refused.text()).isEqualTo(unknown.text()).doesNotContain(wrong, "ci-token");
    assertThat(api.admin.toString()).doesNotContain(secret).contains("registry, off");
    assertThat(api.documents.read("token-signing-keys").orElseThrow().toString())
        .doesNotContain("RSA");
  }
}
