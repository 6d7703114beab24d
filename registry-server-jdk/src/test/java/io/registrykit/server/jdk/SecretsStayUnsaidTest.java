package io.registrykit.server.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.api.RegistryApi;
import io.registrykit.auth.AccessRules;
import io.registrykit.auth.AdminAccount;
import io.registrykit.auth.Directory;
import io.registrykit.auth.HtpasswdIdentities;
import io.registrykit.auth.Identities;
import io.registrykit.auth.PasswordName;
import io.registrykit.auth.RegistryAccess;
import io.registrykit.auth.RepositoryPattern;
import io.registrykit.auth.Role;
import io.registrykit.auth.ScopedTokens;
import io.registrykit.auth.TextSource;
import io.registrykit.spi.auth.Credentials;
import io.registrykit.store.memory.MemoryDocuments;
import io.registrykit.store.memory.MemoryStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * No password, token or header of an honest or hostile caller gets into a log at any level, into
 * what the process prints, or into an answer that did not issue it (CVE-2025-48374,
 * GHSA-prh4-vhfh-24mj, CVE-2024-22278).
 */
class SecretsStayUnsaidTest {
  private static final String REALM = "https://login.example/";
  private static final String WRONG = "hunter2-wrong-password";
  private static final String USER_PASSWORD = "correct-horse-battery";

  private final List<String> secrets = new ArrayList<>();
  private final List<String> answers = new ArrayList<>();
  private final MemoryDocuments documents = new MemoryDocuments();
  private final Clock clock = Clock.systemUTC();
  private final Directory directory = new Directory("tenant", documents, clock);
  private final AccessRules rules = new AccessRules(directory::groupsOf, documents);
  private final AdminAccount admin = new AdminAccount("registry", documents, clock);
  private final ScopedTokens tokens = new ScopedTokens(rules, documents, clock);
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private HttpClient client;
  private AllLogs logs;

  @BeforeEach
  void listen() {
    // The client of this test logs its own headers, and is not what is tested.
    client = HttpClient.newHttpClient();
    PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8);
    System.setOut(both);
    System.setErr(both);
    logs = new AllLogs();
  }

  @AfterEach
  void stopListening() {
    logs.close();
    System.setOut(out);
    System.setErr(err);
  }

  private String secret(String secret) {
    secrets.add(secret);
    return secret;
  }

  private RegistryServer serve(Identities... more) throws IOException {
    EmbeddedRegistry registry = EmbeddedRegistry.builder().store(MemoryStore.create()).build();
    RegistryAccess.Builder access =
        RegistryAccess.builder("registry.example")
            .realm(URI.create(REALM))
            .documents(documents)
            .identities(admin)
            .identities(tokens)
            .identities(directory)
            .authorizer(rules);
    for (Identities source : more) {
      access.identities(source);
    }
    return RegistryServer.builder(RegistryApi.builder(registry).access(access.build()).build())
        .start();
  }

  private HttpResponse<String> send(
      RegistryServer server,
      String method,
      String path,
      @Nullable String authorization,
      String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri().resolve(path))
            .timeout(Duration.ofSeconds(20))
            .method(method, BodyPublishers.ofString(body));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    answers.add(response.statusCode() + " " + response.headers().map() + response.body());
    return response;
  }

  /** An answer that issues a token: the token is a secret from then on, its answer no leak. */
  private String issued(HttpResponse<String> response, String field) {
    assertThat(response.statusCode()).isEqualTo(200);
    answers.remove(answers.size() - 1);
    Matcher matcher = Pattern.compile("\"" + field + "\":\"([^\"]+)\"").matcher(response.body());
    assertThat(matcher.find()).isTrue();
    return secret(matcher.group(1));
  }

  private String basic(String user, String password) {
    return "Basic "
        + secret(
            Base64.getEncoder()
                .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
  }

  private static String form(Map<String, String> fields) {
    List<String> pairs = new ArrayList<>();
    fields.forEach(
        (name, value) -> pairs.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return String.join("&", pairs);
  }

  @Test
  void inHonestAndHostileSignIns() throws Exception {
    secret(WRONG);
    secret(USER_PASSWORD);
    String adminSecret = secret(admin.regenerate(PasswordName.PASSWORD1));
    admin.enable();
    rules.assign(admin.principal(), Role.OWNER, RepositoryPattern.ALL);
    tokens.create("ci-token", "_repositories_push");
    String tokenSecret = secret(tokens.generatePassword("ci-token", PasswordName.PASSWORD1, null));
    directory.addUser("ann", USER_PASSWORD);
    String serviceSecret = secret(directory.addServicePrincipal("ci"));
    String provider = secret(directory.issueToken("ci", serviceSecret).orElseThrow());
    try (RegistryServer server = serve()) {
      String scope = "/oauth2/token?service=registry.example&scope=repository:a/b:pull,push";
      String access =
          issued(send(server, "GET", scope, basic("registry", adminSecret), ""), "token");
      send(server, "GET", "/v2/", basic("ann", USER_PASSWORD), "");
      send(server, "GET", "/v2/", basic("ci-token", tokenSecret), "");
      send(server, "POST", "/v2/a/b/blobs/uploads/", "Bearer " + access, "");
      send(server, "DELETE", "/acr/v1/a/b", "Bearer " + access, "");
      Map<String, String> exchange = Map.of("grant_type", "access_token", "access_token", provider);
      String refresh =
          issued(send(server, "POST", "/oauth2/exchange", null, form(exchange)), "refresh_token");
      Map<String, String> refreshing =
          Map.of("grant_type", "refresh_token", "refresh_token", refresh);
      issued(send(server, "POST", "/oauth2/token", null, form(refreshing)), "access_token");

      for (String user : List.of("registry", "ci-token", "ann", "ci", "nobody", WRONG)) {
        for (int i = 0; i < 7; i++) {
          send(server, "GET", "/v2/", basic(user, WRONG), "");
        }
        send(
            server,
            "POST",
            "/oauth2/token",
            null,
            form(Map.of("grant_type", "password", "username", user, "password", WRONG)));
      }
      for (String broken : List.of(access + "x", "x." + access, access.substring(3), WRONG)) {
        secret(broken);
        send(server, "GET", "/v2/", "Bearer " + broken, "");
        send(server, "GET", "/v2/", "Basic " + broken, "");
        send(server, "GET", "/v2/", broken, "");
        send(server, "POST", "/oauth2/token", null, form(Map.of("refresh_token", broken)));
        send(
            server,
            "POST",
            "/oauth2/token",
            null,
            form(Map.of("grant_type", "refresh_token", "refresh_token", broken)));
        send(
            server,
            "POST",
            "/oauth2/exchange",
            null,
            form(Map.of("grant_type", "access_token", "access_token", broken)));
        send(server, "POST", "/oauth2/exchange", null, form(Map.of("grant_type", broken)));
      }
      send(server, "POST", "/oauth2/token", null, "password=" + WRONG + "&a=%zz");
      send(server, "POST", "/oauth2/token", "Bearer " + access, "password=" + WRONG);
    }
    nothingIsSaid();
  }

  /**
   * What is behind a source fails while somebody signs in: the log gets an incident, and no more.
   */
  @Test
  void inFailures() throws Exception {
    secret(WRONG);
    TextSource broken =
        new TextSource() {
          @Override
          public String version() {
            return "1";
          }

          @Override
          public String read() {
            return "ann:" + WRONG;
          }
        };
    Identities unreachable =
        Identities.of(
            "unreachable",
            credentials -> {
              throw new IOException("cannot ask about " + credentials);
            });
    for (Identities source : List.of(new HtpasswdIdentities(broken), unreachable)) {
      try (RegistryServer server = serve(source)) {
        assertThat(send(server, "GET", "/v2/", basic("ann", WRONG), "").statusCode())
            .isEqualTo(500);
      }
    }
    assertThat(logs.text()).contains("incident");
    nothingIsSaid();
  }

  private void nothingIsSaid() {
    assertThat(answers).isNotEmpty();
    assertThat(logs.text()).isNotEmpty().doesNotContain(secrets);
    assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain(secrets);
    for (String answer : answers) {
      assertThat(answer).doesNotContain(secrets);
    }
  }

  @Test
  void inToString() throws Exception {
    secret(WRONG);
    String generated = secret(admin.regenerate(PasswordName.PASSWORD1));
    admin.enable();
    directory.addUser("ann", WRONG);
    for (Object value :
        List.of(
            new Credentials.Password("ann", WRONG),
            new Credentials.Bearer(WRONG),
            admin,
            tokens,
            directory,
            rules,
            admin.signIn(new Credentials.Password("registry", generated)).orElseThrow(),
            documents.read("admin-account").orElseThrow())) {
      assertThat(value.toString()).doesNotContain(secrets).doesNotContain("$2b$");
    }
  }
}
