package io.registrykit.examples.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own, as people start it. */
@Timeout(60)
class ServeProcessTest {
  private static final int ENDED_BY_SIGTERM = 143;
  private static final String HASH = "$2a$04$ZjK7JU/pORpDOuf/YsghRu1hKv5JjeEpFrxyrKW/hxwRe2XZBvR0i";

  @Test
  void servesFromItsFirstLineOnAndStopsWhenTold() throws Exception {
    Process process = start("serve", "--memory", "--port", "0");
    try (BufferedReader out = reader(process)) {
      String line = out.readLine();
      assertThat(line).startsWith("listening on http://127.0.0.1:");
      URI base = URI.create(line.substring("listening on ".length()));
      HttpResponse<String> ping =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(base.resolve("/v2/"))
                      .timeout(Duration.ofSeconds(5))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(ping.statusCode()).isEqualTo(200);
      process.toHandle().destroy();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(ENDED_BY_SIGTERM);
      assertThat(out.readLine()).isNull();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void writesTheCertificateThatClientsTrust(@TempDir Path folder) throws Exception {
    Path certificate = folder.resolve("ca.pem");
    Process process =
        start("serve", "--memory", "--port", "0", "--tls", "--certificate", certificate.toString());
    try (BufferedReader out = reader(process)) {
      assertThat(out.readLine()).startsWith("listening on https://127.0.0.1:");
      assertThat(Files.readString(certificate)).startsWith("-----BEGIN CERTIFICATE-----");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void letsInWhoIsInTheFileAndNobodyElse(@TempDir Path folder) throws Exception {
    Path accounts = folder.resolve("accounts.json");
    // The hash of "s3cret".
    Files.writeString(
        accounts,
        """
        {"users": [{"name": "ann", "hash": "%s", "roles": [{"role": "AcrPull"}]}]}
        """
            .formatted(HASH));
    Process process =
        start(
            "serve",
            "--root",
            folder.resolve("store").toString(),
            "--port",
            "0",
            "--auth",
            accounts.toString());
    try (BufferedReader out = reader(process)) {
      URI base = URI.create(out.readLine().substring("listening on ".length()));
      HttpResponse<String> closed = get(base, "/v2/", null);
      assertThat(closed.statusCode()).isEqualTo(401);
      assertThat(closed.headers().firstValue("WWW-Authenticate").orElseThrow())
          .startsWith("Bearer service=")
          .contains("realm=\"" + base + "/oauth2/token\"");
      assertThat(get(base, "/v2/_catalog", "ann:s3cret").statusCode()).isEqualTo(200);
      assertThat(get(base, "/v2/", "ann:wrong").statusCode()).isEqualTo(401);
      assertThat(get(base, "/oauth2/token?scope=registry:catalog:*", "ann:s3cret").body())
          .contains("\"access_token\":\"");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void letsTheUsersOfAnHtpasswdFileDoEverything(@TempDir Path folder) throws Exception {
    Path users = Files.writeString(folder.resolve("users"), "ann:" + HASH + "\n");
    Process process = start("serve", "--memory", "--port", "0", "--auth", users.toString());
    try (BufferedReader out = reader(process)) {
      URI base = URI.create(out.readLine().substring("listening on ".length()));
      assertThat(get(base, "/v2/_catalog", null).statusCode()).isEqualTo(401);
      assertThat(get(base, "/v2/_catalog", "ann:s3cret").statusCode()).isEqualTo(200);
    } finally {
      process.destroyForcibly();
    }
  }

  static HttpResponse<String> get(URI base, String path, @Nullable String pair) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(10));
    if (pair != null) {
      request.header(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static Process start(String... args) throws IOException {
    return start(ProcessBuilder.Redirect.INHERIT, args);
  }

  static Process startWithErrors(Path errors, String... args) throws IOException {
    return start(ProcessBuilder.Redirect.to(errors.toFile()), args);
  }

  private static Process start(ProcessBuilder.Redirect errors, String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectError(errors).start();
  }
}
