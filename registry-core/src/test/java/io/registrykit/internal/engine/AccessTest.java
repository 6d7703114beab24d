package io.registrykit.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.RegistryPolicy;
import io.registrykit.api.RegistryApi;
import io.registrykit.auth.OpenAccess;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.auth.Access;
import io.registrykit.spi.auth.Action;
import io.registrykit.spi.auth.Authenticator;
import io.registrykit.spi.auth.Authorizer;
import io.registrykit.spi.auth.Credentials;
import io.registrykit.spi.auth.Principal;
import io.registrykit.store.memory.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
  private static final String SECRET = "s3cr\u00e9t:with colon";

  private final EmbeddedRegistry registry =
      EmbeddedRegistry.builder().store(MemoryStore.create()).build();

  private TestApi with(Authenticator authenticator, Authorizer authorizer) {
    return new TestApi(
        registry,
        RegistryApi.builder(registry).authenticator(authenticator).authorizer(authorizer).build());
  }

  /** Knows alice by her password, and everybody else not at all. */
  private static Optional<Principal> aliceAlone(Credentials credentials) {
    return credentials.equals(new Credentials.Password("alice", SECRET))
        ? Optional.of(new Principal("alice"))
        : Optional.empty();
  }

  /** The same, but lets callers without credentials in. */
  private static Optional<Principal> aliceAndStrangers(Credentials credentials) {
    return credentials instanceof Credentials.None
        ? Optional.of(Principal.ANONYMOUS)
        : aliceAlone(credentials);
  }

  private static Set<Access> nothing(Principal principal, Set<Access> requested) {
    return Set.of();
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static String pathOf(Route route) {
    return route
        .path()
        .toString()
        .replace("{name}", "team/app")
        .replace("{reference}", "v1")
        .replace("{digest}", "sha256:" + "0".repeat(64))
        .replace("{id}", "00000000-0000-4000-8000-000000000000");
  }

  static List<Route> routes() {
    return AllRoutes.of(RegistryPolicy.strict(), null);
  }

  @Test
  void nothingIsOpenUnlessChosen() {
    assertThatThrownBy(() -> RegistryApi.builder(registry).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("OpenAccess.readWrite()");
    assertThatThrownBy(
            () -> RegistryApi.builder(registry).authenticator(AccessTest::aliceAlone).build())
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> RegistryApi.builder(registry).authorizer(AccessTest::nothing).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("authenticator");
  }

  @ParameterizedTest
  @MethodSource("routes")
  void everyRouteAsksAnAnonymousCallerToSignIn(Route route) {
    for (Authenticator authenticator :
        List.<Authenticator>of(AccessTest::aliceAlone, AccessTest::aliceAndStrangers)) {
      Answer answer =
          with(authenticator, AccessTest::nothing)
              .send(route.method(), pathOf(route), TestApi.EMPTY_JSON);

      answer.is(401).has("WWW-Authenticate", "Basic realm=\"registry\", charset=\"UTF-8\"");
    }
    assertThat(route.needs().gate()).isNotEqualTo(Needs.Gate.NONE);
  }

  @ParameterizedTest
  @MethodSource("routes")
  void everyRouteRefusesACallerWithoutPermission(Route route) {
    Answer answer =
        with(AccessTest::aliceAlone, AccessTest::nothing)
            .send(
                route.method(),
                pathOf(route),
                TestApi.EMPTY_JSON,
                "Authorization",
                basic("alice:" + SECRET));

    if (route.needs().gate() == Needs.Gate.SIGN_IN) {
      answer.is(200);
    } else {
      answer.is(403).lacks("WWW-Authenticate");
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  void everyRouteNeedsEachOfItsPermissions(Route route) {
    for (Action missing : route.needs().actions()) {
      with(
              AccessTest::aliceAlone,
              (principal, requested) ->
                  requested.stream()
                      .filter(access -> access.action() != missing)
                      .collect(Collectors.toSet()))
          .send(
              route.method(),
              pathOf(route),
              TestApi.EMPTY_JSON,
              "Authorization",
              basic("alice:" + SECRET))
          .is(403);
    }
  }

  @Test
  void aRefusalOfOneRepositoryLeavesTheOthers() {
    TestApi api =
        with(
            AccessTest::aliceAlone,
            (principal, requested) ->
                requested.stream()
                    .filter(access -> new RepositoryName("mine").equals(access.repository()))
                    .collect(Collectors.toSet()));
    String authorization = basic("alice:" + SECRET);

    api.send("POST", "/v2/mine/blobs/uploads/", TestApi.EMPTY_JSON, "Authorization", authorization)
        .is(202);
    api.send("POST", "/v2/yours/blobs/uploads/", TestApi.EMPTY_JSON, "Authorization", authorization)
        .fails(403, "DENIED");
    api.get("/v2/_catalog", "Authorization", authorization).fails(403, "DENIED");
  }

  @Test
  void wherePushesNeedCredentialsTheStartAsksForThem() {
    TestApi api = with(AccessTest::aliceAndStrangers, OpenAccess.readOnly());

    api.get("/v2/").is(401);
    api.get("/v2/", "Authorization", basic("alice:" + SECRET)).is(200);
    api.get("/v2/_catalog").is(200);
    api.post("/v2/a/blobs/uploads/").fails(401, "UNAUTHORIZED");
  }

  @Test
  void anOpenRegistryLooksAtNoCredentials() {
    TestApi api = TestApi.open();

    api.get("/v2/", "Authorization", "nonsense").is(200);
    api.get("/v2/_catalog", "Authorization", basic("x:y")).is(200);
  }

  @Test
  void aReadOnlyRegistryRefusesEveryChange() {
    TestApi open = TestApi.open();
    open.pushManifest("a/b", "v1", "x");
    TestApi api =
        new TestApi(
            open.registry(),
            RegistryApi.builder(open.registry()).authorizer(OpenAccess.readOnly()).build());

    api.get("/v2/").is(200);
    api.get("/v2/a/b/manifests/v1").is(200);
    api.get("/v2/_catalog").is(200);
    api.post("/v2/a/b/blobs/uploads/").fails(403, "DENIED");
    api.delete("/v2/a/b/manifests/v1").fails(403, "DENIED");
    api.putManifest("a/b", "v2", TestApi.EMPTY_JSON).fails(403, "DENIED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Basic",
        "Basic ",
        "Basic !!!!",
        "Basic YWxpY2U=",
        "Basic /////w==",
        "Basic OjoAAA==",
        "Digest username=alice",
        "Bearer",
        "Bearer a b",
        "Bearer \u00e9",
        "alice:s3cret"
      })
  void credentialsThatCannotBeRead(String authorization) {
    TestApi api = with(AccessTest::aliceAndStrangers, OpenAccess.readWrite());

    Answer answer = api.get("/v2/", "Authorization", authorization).fails(401, "UNAUTHORIZED");

    assertThat(answer.body())
        .isEqualTo(api.get("/v2/", "Authorization", basic("alice:wrong")).is(401).body());
  }

  @Test
  void credentialsThatAreTooLongOrSentTwice() {
    TestApi api = with(AccessTest::aliceAndStrangers, OpenAccess.readWrite());

    api.get("/v2/", "Authorization", basic("alice:" + "x".repeat(20_000))).is(401);
    api.get("/v2/", "Authorization", basic("alice:" + SECRET), "Authorization", basic("x:y"))
        .is(401);
    api.get("/v2/", "authorization", basic("alice:" + SECRET).replace("Basic", "bAsIc")).is(200);
  }

  @Test
  void uploadsBelongToWhoStartedThem() {
    TestApi api =
        with(
            credentials ->
                credentials instanceof Credentials.Password password
                    ? Optional.of(new Principal(password.user()))
                    : Optional.empty(),
            OpenAccess.readWrite());
    String place =
        api.send("POST", "/v2/a/blobs/uploads/", TestApi.EMPTY_JSON, "Authorization", basic("al:x"))
            .is(202)
            .location();

    api.get(place, "Authorization", basic("bo:x")).fails(404, "BLOB_UPLOAD_UNKNOWN");
    api.get(place, "Authorization", basic("al:x")).is(204);
  }
}
