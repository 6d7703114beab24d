package io.registrykit.internal.engine;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.auth.PasswordName;
import io.registrykit.auth.Principals;
import io.registrykit.auth.RepositoryPattern;
import io.registrykit.auth.Role;
import io.registrykit.auth.ScopeMap;
import io.registrykit.internal.auth.Scopes;
import io.registrykit.model.Bytes;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.auth.Access;
import io.registrykit.spi.auth.Action;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who gets through which route, written out by hand: {@code y} is let in, {@code -} is refused. The
 * first column is for a repository in {@code own/}, the second for one of somebody else, with a
 * letter for each caller in the order of {@link #CALLERS}; the third is for one that everybody may
 * pull from, and the letter is that of a caller without credentials. Every caller is tried with its
 * password, and with a token for all it can get.
 */
class RoleMatrixTest {
  private static final List<String> CALLERS =
      List.of(
          // Roles on every repository.
          "owner",
          "contributor",
          "reader",
          "acr-pull",
          "acr-push",
          "acr-delete",
          // Roles on own/*, and the one for the catalog.
          "repository-reader",
          "repository-writer",
          "repository-contributor",
          "catalog-lister",
          // Scope maps on own/*.
          "map-read",
          "map-write",
          "map-delete",
          "map-metadata-read",
          "map-metadata-write",
          // A token whose scope map was removed.
          "map-gone");

  private static final String[] TABLE = {
    "GET    /v2/                                | yyyyyyyyyyyyyyyy | yyyyyyyyyyyyyyyy | -",
    "GET    /v2                                 | yyyyyyyyyyyyyyyy | yyyyyyyyyyyyyyyy | -",
    "GET    /v2/_catalog                        | yyyyy----y------ | yyyyy----y------ | -",
    "GET    /acr/v1/_catalog                    | yyyyy----y------ | yyyyy----y------ | -",
    "GET    /v2/{name}/tags/list                | yy-yy-yyy-yy---- | yy-yy----------- | y",
    "GET    /v2/{name}/manifests/{reference}    | yy-yy-yyy-yy---- | yy-yy----------- | y",
    "HEAD   /v2/{name}/manifests/{reference}    | yy-yy-yyy-yy---- | yy-yy----------- | y",
    "PUT    /v2/{name}/manifests/{reference}    | yy--y--yy--y---- | yy--y----------- | -",
    "DELETE /v2/{name}/manifests/{reference}    | yy---y--y---y--- | yy---y---------- | -",
    "GET    /v2/{name}/referrers/{digest}       | yy-yy-yyy-yy---- | yy-yy----------- | y",
    "GET    /v2/{name}/blobs/{digest}           | yy-yy-yyy-yy---- | yy-yy----------- | y",
    "HEAD   /v2/{name}/blobs/{digest}           | yy-yy-yyy-yy---- | yy-yy----------- | y",
    "DELETE /v2/{name}/blobs/{digest}           | yy---y--y---y--- | yy---y---------- | -",
    "POST   /v2/{name}/blobs/uploads/           | yy--y--yy--y---- | yy--y----------- | -",
    "POST   /v2/{name}/blobs/uploads            | yy--y--yy--y---- | yy--y----------- | -",
    "GET    /v2/{name}/blobs/uploads/{id}       | yy--y--yy--y---- | yy--y----------- | -",
    "PATCH  /v2/{name}/blobs/uploads/{id}       | yy--y--yy--y---- | yy--y----------- | -",
    "PUT    /v2/{name}/blobs/uploads/{id}       | yy--y--yy--y---- | yy--y----------- | -",
    "DELETE /v2/{name}/blobs/uploads/{id}       | yy--y--yy--y---- | yy--y----------- | -",
    "GET    /acr/v1/{name}                      | yyyyy-yyy----y-- | yyyyy----------- | y",
    "PATCH  /acr/v1/{name}                      | yy-----yy-----y- | yy-------------- | -",
    "DELETE /acr/v1/{name}                      | yy---y--y---y--- | yy---y---------- | -",
    "GET    /acr/v1/{name}/_tags                | yyyyy-yyy----y-- | yyyyy----------- | y",
    "GET    /acr/v1/{name}/_tags/{reference}    | yyyyy-yyy----y-- | yyyyy----------- | y",
    "PATCH  /acr/v1/{name}/_tags/{reference}    | yy-----yy-----y- | yy-------------- | -",
    "DELETE /acr/v1/{name}/_tags/{reference}    | yy---y--y---y--- | yy---y---------- | -",
    "GET    /acr/v1/{name}/_manifests           | yyyyy-yyy----y-- | yyyyy----------- | y",
    "GET    /acr/v1/{name}/_manifests/{digest}  | yyyyy-yyy----y-- | yyyyy----------- | y",
    "PATCH  /acr/v1/{name}/_manifests/{digest}  | yy-----yy-----y- | yy-------------- | -",
  };

  /** The rows of the token endpoint: everybody gets through, and gets what {@link #GRANTS} says. */
  private static final List<String> SIGN_IN =
      List.of("GET /oauth2/token", "POST /oauth2/token", "POST /oauth2/exchange");

  private static final String EVERYTHING = "pull,push,delete,metadata_read,metadata_write";

  /** What a token for all of the catalog, {@code own/app} and {@code foreign/app} opens. */
  private static final Map<String, String> GRANTS =
      Map.ofEntries(
          Map.entry("owner", everywhere(EVERYTHING)),
          Map.entry("contributor", everywhere(EVERYTHING)),
          Map.entry("reader", everywhere("metadata_read")),
          Map.entry("acr-pull", everywhere("pull,metadata_read")),
          Map.entry("acr-push", everywhere("pull,push,metadata_read")),
          Map.entry("acr-delete", "repository:foreign/app:delete repository:own/app:delete"),
          Map.entry("repository-reader", "repository:own/app:pull,metadata_read"),
          Map.entry(
              "repository-writer", "repository:own/app:pull,push,metadata_read,metadata_write"),
          Map.entry("repository-contributor", "repository:own/app:" + EVERYTHING),
          Map.entry("catalog-lister", "registry:catalog:*"),
          Map.entry("map-read", "repository:own/app:pull"),
          Map.entry("map-write", "repository:own/app:pull,push"),
          Map.entry("map-delete", "repository:own/app:delete"),
          Map.entry("map-metadata-read", "repository:own/app:metadata_read"),
          Map.entry("map-metadata-write", "repository:own/app:metadata_write"),
          Map.entry("map-gone", ""));

  private static String everywhere(String actions) {
    return "registry:catalog:* repository:foreign/app:%1$s repository:own/app:%1$s"
        .formatted(actions);
  }

  private static final SecuredApi API = new SecuredApi();
  private static final Map<String, String> SECRETS = callers();
  private static final Map<String, String> TOKENS = tokens();

  private static Map<String, String> callers() {
    Map<String, String> secrets = new LinkedHashMap<>();
    RepositoryPattern own = new RepositoryPattern("own/*");
    Role[] roles = Role.values();
    for (int i = 0; i < roles.length; i++) {
      boolean scoped = i >= 6 && i <= 8;
      String name = CALLERS.get(i);
      secrets.put(name, API.directory.addServicePrincipal(name));
      API.rules.assign(
          Principals.servicePrincipal(name), roles[i], scoped ? own : RepositoryPattern.ALL);
    }
    map(secrets, "map-read", "content/read");
    map(secrets, "map-write", "content/read", "content/write");
    map(secrets, "map-delete", "content/delete");
    map(secrets, "map-metadata-read", "metadata/read");
    map(secrets, "map-metadata-write", "metadata/write");
    map(secrets, "map-gone", "content/read", "content/write", "content/delete");
    API.rules.removeScopeMap("scope-of-map-gone");
    API.rules.anonymousPull(List.of(new RepositoryPattern("public/*")));
    return secrets;
  }

  private static void map(Map<String, String> secrets, String name, String... actions) {
    String map = "scope-of-" + name;
    API.rules.putScopeMap(
        ScopeMap.parse(map, Stream.of(actions).map(a -> "repositories/own/*/" + a).toList()));
    API.tokens.create(name, map);
    secrets.put(name, API.tokens.generatePassword(name, PasswordName.PASSWORD1, null));
  }

  private static Map<String, String> tokens() {
    Map<String, String> tokens = new LinkedHashMap<>();
    for (Map.Entry<String, String> caller : SECRETS.entrySet()) {
      tokens.put(
          caller.getKey(),
          API.token(
              caller.getKey(),
              caller.getValue(),
              "registry:catalog:*",
              "repository:own/app:*",
              "repository:foreign/app:pull,push,delete metadata_read",
              "repository:foreign/app:delete,push,pull,metadata_write,metadata_read"));
    }
    return tokens;
  }

  private record Row(String method, String path, String own, String foreign, String everybody) {
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  static Stream<Row> table() {
    return Stream.of(TABLE)
        .map(line -> line.strip().split("[ |]+"))
        .map(cells -> new Row(cells[0], cells[1], cells[2], cells[3], cells[4]));
  }

  @Test
  void theTableHasEveryRoute() {
    Set<String> expected = new LinkedHashSet<>();
    API.routes().forEach(route -> expected.add(route.method() + " " + route.path()));
    Set<String> written = new LinkedHashSet<>(SIGN_IN);
    table().map(Row::toString).forEach(written::add);

    assertThat(written).containsAll(expected);
    assertThat(SECRETS.keySet()).containsExactlyElementsOf(CALLERS);
    assertThat(GRANTS.keySet()).containsExactlyInAnyOrderElementsOf(CALLERS);
  }

  /** Everybody may ask for a token, with a password or without; what it opens is what counts. */
  @ParameterizedTest
  @MethodSource("callerNames")
  void everyCallerIsGrantedWhatTheTableSays(String caller) {
    String secret = SECRETS.getOrDefault(caller, "");
    String[] scopes = {"registry:catalog:*", "repository:own/app:*", "repository:foreign/app:*"};
    String byGet = API.token(caller, secret, scopes);
    String byPost =
        SecuredApi.field(
            API.form(
                    "/oauth2/token",
                    "grant_type",
                    "password",
                    "username",
                    caller,
                    "password",
                    secret,
                    "scope",
                    String.join(" ", scopes))
                .is(200),
            "access_token");

    for (String token : List.of(byGet, byPost)) {
      assertThat(scopes(API.issuer.verify(token).orElseThrow().access()))
          .isEqualTo(GRANTS.get(caller));
      String bearer = SecuredApi.bearer(token);
      API.as(bearer, "GET", "/oauth2/token").is(401);
      API.as(bearer, "POST", "/oauth2/token").is(401);
      API.form("/oauth2/token", "grant_type", "refresh_token", "refresh_token", token).is(401);
      API.form("/oauth2/exchange", "grant_type", "access_token", "access_token", token).is(401);
    }
  }

  private static String scopes(Set<Access> granted) {
    return Stream.of(Scopes.write(granted).split(" ", -1)).sorted().collect(joining(" "));
  }

  static Stream<String> callerNames() {
    return CALLERS.stream();
  }

  @Test
  void whoDoesNotSignInIsGrantedWhatIsForEverybody() {
    Answer answer =
        API.get(
            "/oauth2/token?scope=repository:public/app:*&scope=repository:own/app:*&scope=registry:catalog:*");
    String token = SecuredApi.field(answer.is(200), "access_token");

    assertThat(API.issuer.verify(token).orElseThrow().access())
        .containsExactlyInAnyOrder(
            new Access(new RepositoryName("public/app"), Action.PULL),
            new Access(new RepositoryName("public/app"), Action.METADATA_READ));
    API.form("/oauth2/exchange", "grant_type", "access_token").is(400);
  }

  private static String path(Row row, String repository) {
    return row.path()
        .replace("{name}", repository)
        .replace(
            "{reference}",
            row.method().equals("DELETE") && row.path().startsWith("/v2")
                ? "sha256:" + "0".repeat(64)
                : "v1")
        .replace("{digest}", "sha256:" + "0".repeat(64))
        .replace("{id}", "00000000-0000-4000-8000-000000000000");
  }

  private static int status(Row row, String repository, String... headers) {
    return API.send(row.method(), path(row, repository), Bytes.utf8("{}"), headers).status();
  }

  @ParameterizedTest
  @MethodSource("table")
  void everyCallerGetsWhatTheTableSays(Row row) {
    for (int i = 0; i < CALLERS.size(); i++) {
      check(row, "own/app", CALLERS.get(i), row.own().charAt(i) == 'y');
      check(row, "foreign/app", CALLERS.get(i), row.foreign().charAt(i) == 'y');
    }
  }

  private static void check(Row row, String repository, String caller, boolean letIn) {
    String secret = SECRETS.getOrDefault(caller, "");
    int direct = status(row, repository, "Authorization", SecuredApi.basic(caller, secret));
    int byToken =
        status(
            row, repository, "Authorization", SecuredApi.bearer(TOKENS.getOrDefault(caller, "")));

    if (letIn) {
      assertThat(List.of(direct, byToken)).as(caller).doesNotContain(401, 403, 500);
    } else {
      assertThat(direct).as("%s by password on %s", caller, repository).isEqualTo(403);
      assertThat(byToken).as("%s by token on %s", caller, repository).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @MethodSource("table")
  void callersWithoutCredentialsGetWhatIsForEverybody(Row row) {
    int status = status(row, "public/app");

    if (row.everybody().equals("y")) {
      assertThat(status).isNotIn(401, 403, 500);
    } else {
      assertThat(status).isEqualTo(401);
    }
    if (row.path().contains("{name}")) {
      assertThat(status(row, "own/app")).isEqualTo(401);
      assertThat(status(row, "public")).isEqualTo(401);
      assertThat(status(row, "publicity/app")).isEqualTo(401);
    }
  }
}
