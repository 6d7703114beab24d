package io.registrykit.examples.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The password of admin, over restarts and renewals. */
@Timeout(90)
class AdminPasswordTest {
  private static final String SHOWN = "password of admin: ";

  @TempDir private Path folder;

  private Path root() {
    return folder.resolve("store");
  }

  private Process serve(Path errors) throws IOException {
    return ServeProcessTest.startWithErrors(
        errors, "serve", "--root", root().toString(), "--port", "0", "--admin");
  }

  private static URI base(BufferedReader out) throws IOException {
    return URI.create(out.readLine().substring("listening on ".length()));
  }

  private static void stop(Process process) throws InterruptedException {
    process.toHandle().destroy();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  private String renew(String which) {
    StringWriter out = new StringWriter();
    CommandLine command = Main.commandLine().setOut(new PrintWriter(out));
    assertThat(command.execute("credential", "renew", "--root", root().toString(), which)).isZero();
    return out.toString().strip();
  }

  private static int status(URI base, String secret) throws Exception {
    return ServeProcessTest.get(base, "/v2/", "admin:" + secret).statusCode();
  }

  @Test
  void outlivesARestartAndIsRenewedWhileTheServerRuns() throws Exception {
    Path firstErrors = folder.resolve("first");
    Process first = serve(firstErrors);
    String secret;
    try (BufferedReader out = ServeProcessTest.reader(first)) {
      URI base = base(out);
      String errors = Files.readString(firstErrors);
      assertThat(errors).contains(SHOWN);
      secret = errors.substring(errors.indexOf(SHOWN) + SHOWN.length()).lines().findFirst().get();
      assertThat(status(base, secret)).isEqualTo(200);
      stop(first);
    } finally {
      first.destroyForcibly();
    }
    ownerAlone(secret);

    Path secondErrors = folder.resolve("second");
    Process second = serve(secondErrors);
    try (BufferedReader out = ServeProcessTest.reader(second)) {
      URI base = base(out);
      assertThat(Files.readString(secondErrors)).doesNotContain(SHOWN);
      assertThat(status(base, secret)).isEqualTo(200);
      String other = renew("--password=password2");
      awaitStatus(base, other, 200);
      assertThat(status(base, secret)).isEqualTo(200);
      String renewed = renew("--password=password1");
      awaitStatus(base, renewed, 200);
      assertThat(status(base, secret)).isEqualTo(401);
      assertThat(status(base, other)).isEqualTo(200);
    } finally {
      second.destroyForcibly();
    }
  }

  /** With pauses, because wrong passwords that follow each other are slowed down. */
  private static void awaitStatus(URI base, String secret, int expected) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (status(base, secret) != expected) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(700);
    }
  }

  private void ownerAlone(String secret) throws IOException {
    try (Stream<Path> files = Files.list(root().resolve("documents"))) {
      List<Path> documents = files.filter(file -> file.toString().endsWith(".document")).toList();
      assertThat(documents).isNotEmpty();
      for (Path document : documents) {
        assertThat(Files.readString(document)).doesNotContain(secret);
        assertThat(Files.getPosixFilePermissions(document))
            .containsOnly(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
      }
    }
  }

  @Test
  void thereIsNothingToRenewWithoutARegistry() {
    CommandLine command = Main.commandLine().setErr(new PrintWriter(new StringWriter()));
    assertThat(command.execute("credential", "renew", "--root", folder.resolve("x").toString()))
        .isEqualTo(2);
    assertThat(command.execute("credential")).isEqualTo(2);
  }
}
