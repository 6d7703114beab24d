package io.registrykit.examples.benchmarks;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.api.ApiRequest;
import io.registrykit.api.ApiResponse;
import io.registrykit.api.Headers;
import io.registrykit.api.RegistryApi;
import io.registrykit.auth.AccessRules;
import io.registrykit.auth.PasswordName;
import io.registrykit.auth.Principals;
import io.registrykit.auth.RegistryAccess;
import io.registrykit.auth.ScopeMap;
import io.registrykit.auth.ScopedTokens;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.auth.Access;
import io.registrykit.spi.auth.Action;
import io.registrykit.spi.auth.Principal;
import io.registrykit.store.memory.MemoryDocuments;
import io.registrykit.store.memory.MemoryStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Sign-in and permission with as many tokens and scope maps as a Premium registry may have. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AccessBenchmark {
  private static final String REPOSITORY = "team-31/warranty-dept/dotnet/build";

  /** How many tokens there are, each with a scope map of its own. */
  @Param({"50000"})
  public int tokens = 50_000;

  private final AccessRules rules = new AccessRules();
  private final Principal principal = Principals.token("token-25031");
  private final Set<Access> pull =
      Set.of(new Access(RepositoryName.parse(REPOSITORY), Action.PULL));
  private RegistryApi api;
  private Headers basic;
  private Headers bearer;

  /** Made by JMH. */
  @SuppressWarnings("NullAway.Init") // JMH calls open first
  public AccessBenchmark() {}

  /** Makes the tokens and the maps. */
  @Setup
  public void open() throws IOException {
    ScopedTokens accounts = new ScopedTokens(rules, Clock.systemUTC());
    String secret = "";
    for (int i = 0; i < tokens; i++) {
      String map = "map-" + (10_000 + i);
      rules.putScopeMap(
          ScopeMap.parse(
              map,
              List.of(
                  "repositories/team-" + i % 1000 + "/*/content/read",
                  "repositories/own-" + i + "/content/read",
                  "repositories/own-" + i + "/content/write")));
      accounts.create("token-" + i, map);
      if (i == 25_031) {
        secret = accounts.generatePassword("token-" + i, PasswordName.PASSWORD1, null);
      }
    }
    api =
        RegistryApi.builder(EmbeddedRegistry.builder().store(MemoryStore.create()).build())
            .access(
                RegistryAccess.builder("registry.example")
                    .documents(new MemoryDocuments())
                    .identities(accounts)
                    .authorizer(rules)
                    .build())
            .build();
    String pair = "token-25031:" + secret;
    basic =
        Headers.of(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    String answer = tokenRequest();
    int start = answer.indexOf("\":\"") + 3;
    bearer =
        Headers.of(
            "Authorization", "Bearer " + answer.substring(start, answer.indexOf('"', start)));
  }

  /** The rules alone: may this principal pull? */
  @Benchmark
  public Set<Access> permission() {
    return rules.permitted(principal, pull);
  }

  /** A whole pull of what is not there, with a password. */
  @Benchmark
  public int pullWithPassword() throws IOException {
    return status("/v2/" + REPOSITORY + "/manifests/v1", basic, 404);
  }

  /** The same with a token: its signature, its stamp, its scope and the rules. */
  @Benchmark
  public int pullWithToken() throws IOException {
    return status("/v2/" + REPOSITORY + "/manifests/v1", bearer, 404);
  }

  /** A request for a token, which signs. */
  @Benchmark
  public String tokenRequest() throws IOException {
    ApiRequest request =
        ApiRequest.of("GET", "/oauth2/token?scope=repository:" + REPOSITORY + ":pull")
            .withHeaders(basic);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ApiResponse response = api.handle(request)) {
      response.writeTo(out);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private int status(String path, Headers headers, int expected) throws IOException {
    try (ApiResponse response = api.handle(ApiRequest.of("GET", path).withHeaders(headers))) {
      if (response.status() != expected) {
        throw new IllegalStateException("answered " + response.status());
      }
      return response.status();
    }
  }
}
