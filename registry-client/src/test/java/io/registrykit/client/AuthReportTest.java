package io.registrykit.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.api.Headers;
import io.registrykit.client.credentials.DockerConfigCredentials;
import io.registrykit.client.testing.MiniServer;
import io.registrykit.model.ImageReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people are told about signing in. */
class AuthReportTest {
  private static final String GOOD = base64("me:s3cret");

  @TempDir Path home;

  private MiniServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        MiniServer.start(
            (request, reply) -> {
              String shown = request.headers().first("Authorization").orElse("");
              if (shown.equals("Basic " + GOOD)) {
                reply.send(200, Headers.empty(), "{\"tags\":[]}");
              } else {
                reply.send(401, Headers.of("WWW-Authenticate", "Basic realm=\"here\""));
              }
            });
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private AuthReport explain(String auth) throws IOException {
    Path docker = Files.createDirectories(home.resolve(".docker")).resolve("config.json");
    Files.writeString(docker, "{\"credHelpers\":{\"" + server.host() + "\":\"registrykit-none\"}}");
    Path podman = Files.createDirectories(home.resolve(".config/containers")).resolve("auth.json");
    String key = server.host() + "/team";
    Files.writeString(podman, "{\"auths\":{\"" + key + "\":{\"auth\":\"" + auth + "\"}}}");
    try (RegistryClient client =
        RegistryClient.builder()
            .insecure(server.host())
            .credentials(DockerConfigCredentials.fromEnvironment(Map.of(), home))
            .build()) {
      return client.explainAuth(ImageReference.parse(server.host() + "/team/app:v1"));
    }
  }

  @Test
  void itTellsWhereItLookedAndWhatItUsed() throws IOException {
    AuthReport report = explain(GOOD);
    assertThat(report.accepted()).isTrue();
    assertThat(report.used()).isEqualTo("the password of me");
    assertThat(report.sources()).hasSize(2);
    assertThat(report.sources().get(0))
        .contains(".docker/config.json", "docker-credential-registrykit-none", "no such program");
    assertThat(report.sources().get(1))
        .contains("auth.json: found under " + server.host() + "/team");
    assertThat(report.toString()).doesNotContain("s3cret").doesNotContain(GOOD);
  }

  @Test
  void itTellsThatTheRegistryRefused() throws IOException {
    AuthReport report = explain(base64("me:wrong-one"));
    assertThat(report.accepted()).isFalse();
    assertThat(report.outcome()).contains("UNAUTHORIZED");
    assertThat(report.toString()).contains("the password of me").doesNotContain("wrong-one");
  }
}
