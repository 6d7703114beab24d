package io.registrykit.client.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.client.credentials.RegistryCredentials.AccessToken;
import io.registrykit.client.credentials.RegistryCredentials.Anonymous;
import io.registrykit.client.credentials.RegistryCredentials.IdentityToken;
import io.registrykit.client.credentials.RegistryCredentials.Password;
import io.registrykit.model.RepositoryName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerConfigCredentialsTest {
  @TempDir Path folder;

  private CredentialProvider.Lookup find(String json, String host, String repository)
      throws IOException {
    Path file = Files.writeString(folder.resolve("config.json"), json);
    return new DockerConfigCredentials(List.of(file), Duration.ofSeconds(1))
        .find(host, new RepositoryName(repository));
  }

  private static String auth(String pair) {
    String text = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return "{\"auth\":\"" + text + "\"}";
  }

  @Test
  void thePasswordStartsBehindTheFirstColon() throws IOException {
    String json = "{\"auths\":{\"localhost:5000\":" + auth("me:a:b:c") + "}}";
    assertThat(find(json, "localhost:5000", "x").credentials())
        .isEqualTo(new Password("me", "a:b:c"));
    assertThat(find(json, "localhost:5001", "x").credentials()).isEqualTo(new Anonymous());
  }

  @Test
  void theLongestPrefixWins() throws IOException {
    String json =
        "{\"auths\":{\"h.io\":"
            + auth("host:p")
            + ",\"h.io/team\":"
            + auth("team:p")
            + ",\"h.io/team/app\":"
            + auth("app:p")
            + "}}";
    assertThat(find(json, "h.io", "team/app").credentials()).isEqualTo(new Password("app", "p"));
    assertThat(find(json, "h.io", "team/other").credentials()).isEqualTo(new Password("team", "p"));
    assertThat(find(json, "h.io", "teams").credentials()).isEqualTo(new Password("host", "p"));
  }

  @Test
  void keysOfOldVersionsAreUnderstood() throws IOException {
    String json = "{\"auths\":{\"https://index.docker.io/v1/\":" + auth("hub:p") + "}}";
    assertThat(find(json, "registry-1.docker.io", "library/x").credentials())
        .isEqualTo(new Password("hub", "p"));
    String url = "{\"auths\":{\"https://h.io/v2/\":" + auth("me:p") + "}}";
    assertThat(find(url, "h.io", "x").credentials()).isEqualTo(new Password("me", "p"));
  }

  @Test
  void tokensAreToldApart() throws IOException {
    String json =
        "{\"auths\":{\"a.io\":{\"auth\":\"bWU6cA==\",\"identitytoken\":\"id\"},"
            + "\"b.io\":{\"registrytoken\":\"acc\"}}}";
    assertThat(find(json, "a.io", "x").credentials()).isEqualTo(new IdentityToken("id"));
    assertThat(find(json, "b.io", "x").credentials()).isEqualTo(new AccessToken("acc"));
  }

  @Test
  void aHelperThatIsMissingOrAPathIsToldAndNothingElse() throws IOException {
    String json = "{\"credHelpers\":{\"a.io\":\"registrykit-none\",\"b.io\":\"../evil\"}}";
    CredentialProvider.Lookup missing = find(json, "a.io", "x");
    assertThat(missing.credentials()).isEqualTo(new Anonymous());
    assertThat(missing.steps()).anySatisfy(step -> assertThat(step).contains("cannot be used"));
    assertThat(find(json, "b.io", "x").steps())
        .anySatisfy(step -> assertThat(step).contains("not that of a program"));
  }

  @Test
  void aBrokenFileDoesNotHideTheNext() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.json"), "{");
    Path good =
        Files.writeString(
            folder.resolve("good.json"), "{\"auths\":{\"a.io\":" + auth("me:p") + "}}");
    CredentialProvider.Lookup lookup =
        new DockerConfigCredentials(
                List.of(folder.resolve("none.json"), broken, good), Duration.ofSeconds(1))
            .find("a.io", null);
    assertThat(lookup.credentials()).isEqualTo(new Password("me", "p"));
    assertThat(lookup.steps()).hasSize(3);
    assertThat(lookup.toString()).doesNotContain("secret=p");
  }

  @Test
  void theEnvironmentSaysWhereToLook() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("auth.json"), "{\"auths\":{\"a.io\":" + auth("me:p") + "}}");
    CredentialProvider only =
        DockerConfigCredentials.fromEnvironment(
            Map.of("REGISTRY_AUTH_FILE", file.toString()), folder);
    assertThat(only.find("a.io", null).credentials()).isEqualTo(new Password("me", "p"));
    CredentialProvider none = DockerConfigCredentials.fromEnvironment(Map.of(), folder);
    assertThat(none.find("a.io", null).steps()).hasSize(2);
  }
}
