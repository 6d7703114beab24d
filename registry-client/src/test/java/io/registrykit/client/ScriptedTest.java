package io.registrykit.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.api.Headers;
import io.registrykit.client.credentials.CredentialProvider;
import io.registrykit.client.credentials.RegistryCredentials;
import io.registrykit.client.testing.Contents;
import io.registrykit.client.testing.MiniReply;
import io.registrykit.client.testing.MiniRequest;
import io.registrykit.client.testing.MiniServer;
import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A registry that expects one request after the other and gives the reply that a test has written.
 */
abstract class ScriptedTest {
  static final RepositoryName APP = new RepositoryName("team/app");
  static final byte[] BYTES = "hello".getBytes(StandardCharsets.UTF_8);
  static final Digest DIGEST = Contents.digest(BYTES);
  static final String BLOB = "/v2/team/app/blobs/" + DIGEST;
  static final String UPLOADS = "/v2/team/app/blobs/uploads/";

  private final Deque<Exchange> script = new ArrayDeque<>();
  private final List<String> problems = Collections.synchronizedList(new ArrayList<>());
  final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());
  final List<Headers> requests = Collections.synchronizedList(new ArrayList<>());
  final List<RegistryWarning> warnings = Collections.synchronizedList(new ArrayList<>());
  MiniServer server;
  RegistryClient client;

  /** One expected request and its reply. */
  private record Exchange(
      String request, int status, Headers headers, String body, boolean looksAtBytes) {}

  @BeforeEach
  void start() throws IOException {
    server = MiniServer.start(this::respond);
    client = builder(HostOptions.builder()).build();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
    assertThat(problems).isEmpty();
    assertThat(script).as("requests that did not come").isEmpty();
  }

  RegistryClient.Builder builder(HostOptions.Builder options) {
    return RegistryClient.builder()
        .host(server.host(), options.insecure(true).build())
        .clock(Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC))
        .warnings(warnings::add)
        .retries(
            new RetryPolicy(3, Duration.ofNanos(1), Duration.ofNanos(1), Duration.ofSeconds(5)));
  }

  void use(RegistryClient.Builder builder) {
    client.close();
    client = builder.build();
  }

  RemoteRepository app() {
    return client.registry(server.host()).repository(APP);
  }

  void expect(String request, int status, String body, String... headers) {
    script.add(new Exchange(request, status, Headers.of(headers), body, true));
  }

  /** The same without a look at the bytes that come along. */
  void expectBytes(String request, int status, String... headers) {
    script.add(new Exchange(request, status, Headers.of(headers), "", false));
  }

  private synchronized void respond(MiniRequest request, MiniReply reply) throws IOException {
    byte[] body = request.body().readAllBytes();
    Exchange next = script.poll();
    boolean shown = body.length > 0 && (next == null || next.looksAtBytes());
    String text = request + (shown ? " " + new String(body, StandardCharsets.UTF_8) : "");
    requests.add(request.headers());
    authorizations.add(request.headers().first("Authorization").orElse("none"));
    if (next == null || !text.equals(next.request())) {
      problems.add("wanted " + (next == null ? "nothing" : next.request()) + " but got " + text);
      reply.send(599, Headers.empty());
      return;
    }
    reply.send(next.status(), next.headers(), next.body());
  }

  CredentialProvider password() {
    return CredentialProvider.of(server.host(), new RegistryCredentials.Password("me", "pw"));
  }
}
