package io.registrykit.examples.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.api.RegistryApi;
import io.registrykit.server.jdk.RegistryServer;
import io.registrykit.spi.auth.Credentials;
import io.registrykit.spi.auth.Principal;
import io.registrykit.store.memory.MemoryStore;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Signing in, against a registry in this process that knows one password. */
class LoginCommandTest {
  private static final Credentials KNOWN = new Credentials.Password("me", "s3cret");

  private final InputStream before = System.in;
  private RegistryServer server;
  private String host;
  private Path config;

  @TempDir Path folder;

  @BeforeEach
  void start() throws Exception {
    EmbeddedRegistry registry = EmbeddedRegistry.builder().store(MemoryStore.create()).build();
    server =
        RegistryServer.builder(
                RegistryApi.builder(registry)
                    .authenticator(
                        shown ->
                            shown instanceof Credentials.None
                                ? Optional.of(Principal.ANONYMOUS)
                                : Optional.of(new Principal("me"))
                                    .filter(me -> shown.equals(KNOWN)))
                    .authorizer(
                        (principal, requested) ->
                            principal.equals(Principal.ANONYMOUS) ? Set.of() : requested)
                    .build())
            .port(0)
            .start();
    host = "127.0.0.1:" + server.port();
    config = folder.resolve("config.json");
  }

  @AfterEach
  void stop() {
    System.setIn(before);
    server.close();
  }

  private String login(int exitCode, String password) {
    System.setIn(new ByteArrayInputStream((password + "\n").getBytes(StandardCharsets.UTF_8)));
    StringWriter said = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(said, true)).setErr(new PrintWriter(said, true));
    assertThat(line.execute("login", "--insecure", "-u", "me", "--config", config.toString(), host))
        .as(said.toString())
        .isEqualTo(exitCode);
    return said.toString();
  }

  @Test
  void aPasswordThatIsGoodIsKeptForItsOwner() throws Exception {
    Files.writeString(config, "{\"auths\":{\"other\":{\"auth\":\"eDp5\"}},\"more\":1}");
    assertThat(login(0, "s3cret")).contains(host).doesNotContain("s3cret");
    assertThat(Files.readString(config))
        .contains("\"other\"", "\"more\"", host)
        .doesNotContain("s3cret");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config)))
        .isEqualTo("rw-------");
  }

  @Test
  void aPasswordThatIsWrongIsNotKept() {
    assertThat(login(1, "wrong")).doesNotContain("wrong");
    assertThat(config).doesNotExist();
  }
}
