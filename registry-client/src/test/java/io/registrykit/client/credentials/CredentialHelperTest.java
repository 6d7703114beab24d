package io.registrykit.client.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.client.credentials.RegistryCredentials.Anonymous;
import io.registrykit.client.credentials.RegistryCredentials.IdentityToken;
import io.registrykit.client.credentials.RegistryCredentials.Password;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Helpers as programs: small scripts stand for them. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the helpers here are shell scripts")
class CredentialHelperTest {
  private static final String HUB = "https://index.docker.io/v1/";

  @TempDir Path folder;

  private Path programs;

  @BeforeEach
  void makeFolder() throws IOException {
    programs = Files.createDirectories(folder.resolve("programs"));
  }

  private void helper(String name, String script) throws IOException {
    Path file = programs.resolve("docker-credential-" + name);
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private CredentialProvider.Lookup find(String json, String host) throws IOException {
    Path file = Files.writeString(folder.resolve("config.json"), json);
    String path = folder.resolve("no-such") + File.pathSeparator + programs;
    return new DockerConfigCredentials(List.of(file), Duration.ofSeconds(20), Map.of("PATH", path))
        .find(host, null);
  }

  private CredentialProvider.Lookup ask(String name) throws IOException {
    return find("{\"credHelpers\":{\"h.io\":\"" + name + "\"}}", "h.io");
  }

  @Test
  void aHelperIsAskedForTheHost() throws IOException {
    helper(
        "good",
        "read server; [ \"$1\" = get ] || exit 9\n"
            + "echo '{\"ServerURL\":\"'$server'\",\"Username\":\"'$server'\",\"Secret\":\"s\"}'");
    assertThat(ask("good").credentials()).isEqualTo(new Password("h.io", "s"));
    assertThat(find("{\"credsStore\":\"good\"}", "other.io:5000").credentials())
        .isEqualTo(new Password("other.io:5000", "s"));
    assertThat(find("{\"credsStore\":\"good\"}", "registry-1.docker.io").credentials())
        .isEqualTo(new Password(HUB, "s"));
  }

  @Test
  void aHelperMayHaveAnIdentityToken() throws IOException {
    helper("token", "echo '{\"Username\":\"<token>\",\"Secret\":\"refresh\"}'");
    assertThat(ask("token").credentials()).isEqualTo(new IdentityToken("refresh"));
  }

  @Test
  void theHelperOfAHostComesBeforeAPasswordAndThatBeforeTheHelperOfAll() throws IOException {
    helper("one", "echo '{\"Username\":\"one\",\"Secret\":\"s\"}'");
    helper("all", "echo '{\"Username\":\"all\",\"Secret\":\"s\"}'");
    String auths = "\"auths\":{\"a.io\":{\"auth\":\"bWU6cA==\"},\"b.io\":{\"auth\":\"bWU6cA==\"}}";
    String json = "{\"credsStore\":\"all\",\"credHelpers\":{\"a.io\":\"one\"}," + auths + "}";
    assertThat(find(json, "a.io").credentials()).isEqualTo(new Password("one", "s"));
    assertThat(find(json, "b.io").credentials()).isEqualTo(new Password("me", "p"));
    assertThat(find(json, "c.io").credentials()).isEqualTo(new Password("all", "s"));
  }

  @Test
  void anEntryThatDockerLeavesEmptyMeansTheHelper() throws IOException {
    helper("all", "echo '{\"Username\":\"all\",\"Secret\":\"s\"}'");
    assertThat(find("{\"auths\":{\"a.io\":{}},\"credsStore\":\"all\"}", "a.io").credentials())
        .isEqualTo(new Password("all", "s"));
  }

  @Test
  void whatGoesWrongIsToldAndLeavesNobodySignedIn() throws IOException {
    helper("none", "echo 'credentials not found in native keychain'; exit 1");
    helper("fails", "echo 'boom'; exit 1");
    helper("garbage", "echo 'no json'");
    helper("nothing", "echo '{\"Username\":\"me\"}'");
    helper("floods", "while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done");
    Map<String, String> told =
        Map.of(
            "none", "has nothing for h.io",
            "fails", "the helper failed",
            "garbage", "no JSON",
            "nothing", "named no secret",
            "floods", "says too much");
    for (var one : told.entrySet()) {
      CredentialProvider.Lookup lookup = ask(one.getKey());
      assertThat(lookup.credentials()).isEqualTo(new Anonymous());
      assertThat(lookup.steps()).last().asString().contains(one.getValue());
    }
  }

  @Test
  void aHelperThatHangsIsEnded() throws IOException {
    helper("hangs", "sleep 600 & echo $! > " + folder.resolve("child") + "; wait");
    Path file =
        Files.writeString(folder.resolve("config.json"), "{\"credHelpers\":{\"h.io\":\"hangs\"}}");
    CredentialProvider.Lookup lookup =
        new DockerConfigCredentials(
                List.of(file), Duration.ofSeconds(2), Map.of("PATH", pathWithSleep()))
            .find("h.io", null);
    assertThat(lookup.steps()).last().asString().contains("took longer than PT2S");
    long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (ProcessHandle.of(child).map(ProcessHandle::isAlive).orElse(false)) {
      assertThat(System.nanoTime()).as("the helper's own child lives on").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private String pathWithSleep() {
    return programs + File.pathSeparator + System.getenv("PATH");
  }

  @Test
  void aProgramInTheWorkingFolderIsNotTaken() throws IOException {
    helper("good", "echo '{\"Username\":\"me\",\"Secret\":\"s\"}'");
    Path file =
        Files.writeString(folder.resolve("config.json"), "{\"credHelpers\":{\"h.io\":\"good\"}}");
    String relative = Path.of("").toAbsolutePath().relativize(programs).toString();
    CredentialProvider.Lookup lookup =
        new DockerConfigCredentials(
                List.of(file),
                Duration.ofSeconds(20),
                Map.of("PATH", File.pathSeparator + relative))
            .find("h.io", null);
    assertThat(lookup.credentials()).isEqualTo(new Anonymous());
    assertThat(lookup.steps()).last().asString().contains("no such program");
  }
}
