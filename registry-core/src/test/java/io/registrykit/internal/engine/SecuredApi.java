package io.registrykit.internal.engine;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.api.ApiRequest;
import io.registrykit.api.Headers;
import io.registrykit.api.RegistryApi;
import io.registrykit.api.RequestHandler;
import io.registrykit.auth.AccessRules;
import io.registrykit.auth.AdminAccount;
import io.registrykit.auth.Directory;
import io.registrykit.auth.Identities;
import io.registrykit.auth.JwtTokenIssuer;
import io.registrykit.auth.OpenAccess;
import io.registrykit.auth.RegistryAccess;
import io.registrykit.auth.ScopedTokens;
import io.registrykit.internal.auth.SignInService;
import io.registrykit.internal.embedded.MovableClock;
import io.registrykit.model.Bytes;
import io.registrykit.spi.auth.TokenIssuer;
import io.registrykit.spi.store.DocumentStore;
import io.registrykit.store.memory.MemoryDocuments;
import io.registrykit.store.memory.MemoryStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A registry in memory with sign-in, and the requests of a client in a few words. */
final class SecuredApi {
  static final String SERVICE = "registry.example";

  /** The same keys for every registry: making them takes longer than most tests. */
  private static final DocumentStore KEY_DOCUMENTS = new MemoryDocuments();

  private static final JwtTokenIssuer KEYS = new JwtTokenIssuer(KEY_DOCUMENTS, SERVICE, newClock());

  final MovableClock time = newClock();
  final DocumentStore documents;
  final Directory directory;
  final AccessRules rules;
  final AdminAccount admin;
  final ScopedTokens tokens;
  final EmbeddedRegistry registry;
  final TokenIssuer issuer;
  private final SignInService service;
  private final RequestHandler handler;

  SecuredApi(Identities... more) {
    this(withKeys(), SERVICE, more);
  }

  /** New documents with old keys, which the first registry makes. */
  private static DocumentStore withKeys() {
    DocumentStore documents = new MemoryDocuments();
    try {
      KEYS.publicKeys();
      new Directory("tenant", KEY_DOCUMENTS, newClock()).publicKeys();
      for (String name : List.of("token-signing-keys", "directory-signing-keys")) {
        documents.write(name, KEY_DOCUMENTS.read(name).orElseThrow().content(), null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return documents;
  }

  SecuredApi(DocumentStore documents, String service, Identities... more) {
    this.documents = documents;
    this.directory = new Directory("tenant", documents, time);
    this.rules = new AccessRules(directory::groupsOf);
    this.admin = new AdminAccount("registry", time);
    this.tokens = new ScopedTokens(rules, time);
    this.registry = EmbeddedRegistry.builder().store(MemoryStore.create()).clock(time).build();
    RegistryAccess.Builder builder =
        RegistryAccess.builder(service)
            .documents(documents)
            .clock(time)
            .identities(admin)
            .identities(tokens)
            .identities(directory)
            .authorizer(rules);
    for (Identities source : more) {
      builder.identities(source);
    }
    RegistryAccess access = builder.build();
    this.issuer = access.issuer();
    this.service = new SignInService(access);
    this.handler = RegistryApi.builder(registry).access(access).build();
  }

  /** Every row that is served. */
  List<Route> routes() {
    return AllRoutes.of(registry.policy(), service);
  }

  List<Route> tokenRoutes() {
    return new TokenOperations(service).routes();
  }

  static MovableClock newClock() {
    return new MovableClock(Instant.parse("2026-03-01T10:00:00Z"));
  }

  /** The same requests without sign-in, to prepare content. */
  TestApi trusted() {
    return new TestApi(
        registry, RegistryApi.builder(registry).authorizer(OpenAccess.readWrite()).build());
  }

  Answer send(String method, String target, Bytes body, String... headers) {
    return sendFrom("192.0.2.1", method, target, body, headers);
  }

  Answer sendFrom(String address, String method, String target, Bytes body, String... headers) {
    ApiRequest plain = ApiRequest.of(method, target);
    ApiRequest request =
        new ApiRequest(
            method,
            plain.rawPath(),
            plain.query(),
            Headers.of(headers),
            body.asInputStream(),
            body.length(),
            address);
    return Answer.of(method, handler.handle(request));
  }

  Answer get(String target, String... headers) {
    return send("GET", target, Bytes.empty(), headers);
  }

  Answer as(String authorization, String method, String target) {
    return send(method, target, Bytes.empty(), "Authorization", authorization);
  }

  Answer form(String path, String... namesAndValues) {
    StringJoiner form = new StringJoiner("&");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      form.add(
          namesAndValues[i]
              + '='
              + URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8));
    }
    return send("POST", path, Bytes.utf8(form.toString()));
  }

  /** Gets an access token with Basic. */
  String token(String user, String secret, String... scopes) {
    StringBuilder target = new StringBuilder("/oauth2/token?service=" + SERVICE);
    for (String scope : scopes) {
      target.append("&scope=").append(URLEncoder.encode(scope, StandardCharsets.UTF_8));
    }
    return field(
        get(target.toString(), "Authorization", basic(user, secret)).is(200), "access_token");
  }

  static String basic(String user, String secret) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((user + ":" + secret).getBytes(StandardCharsets.UTF_8));
  }

  static String bearer(String token) {
    return "Bearer " + token;
  }

  static String field(Answer answer, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(answer.text());
    if (!matcher.find()) {
      throw new AssertionError("no " + name + " in " + answer.text());
    }
    return matcher.group(1);
  }
}
