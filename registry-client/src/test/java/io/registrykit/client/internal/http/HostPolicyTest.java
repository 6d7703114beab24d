package io.registrykit.client.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.client.HostOptions;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the secrets of a registry may go: to itself, and nowhere by plain HTTP. */
class HostPolicyTest {
  private static HostPolicy policy(String registry, HostOptions options) {
    return new HostPolicy(Origin.of(URI.create(registry)), options);
  }

  private static HostPolicy standard() {
    return policy("https://registry.example", HostOptions.standard());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://registry.example/v2/",
        "https://registry.example:443/up?x=y",
        "https://REGISTRY.example/v2/"
      })
  void theRegistryIsTrustedInAnySpelling(String target) {
    assertThat(standard().trusts(URI.create(target))).isTrue();
  }

  /** The second is what a registry behind TLS sends that does not know of it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://registry.example/up",
        "http://registry.example:443/up",
        "https://registry.example:444/up",
        "https://registry.example.evil/up",
        "https://sub.registry.example/up",
        "https://registry.example@evil.example/up",
        "https://127.0.0.1/up",
        "ftp://registry.example/up",
        "file:///etc/passwd",
        "mailto:me@registry.example"
      })
  void nothingElseIs(String target) {
    assertThat(standard().trusts(URI.create(target))).isFalse();
  }

  @Test
  void aReadMayGoToAnotherHostButNotToPlainHttp() {
    assertThat(standard().mayFollow(URI.create("https://storage.example/x"))).isTrue();
    assertThat(standard().mayFollow(URI.create("http://storage.example/x"))).isFalse();
    assertThat(standard().mayFollow(URI.create("http://registry.example/x"))).isFalse();
    assertThat(standard().mayFollow(URI.create("file:///etc/passwd"))).isFalse();
  }

  @Test
  void aTrustedHostIsNotTrustedByPlainHttp() {
    HostPolicy policy =
        policy("https://registry.example", HostOptions.builder().trust("auth.example").build());
    assertThat(policy.trusts(URI.create("https://auth.example/token"))).isTrue();
    assertThat(policy.trusts(URI.create("http://auth.example/token"))).isFalse();
    assertThat(policy.trusts(URI.create("https://sub.auth.example/token"))).isFalse();
  }

  @Test
  void plainHttpIsForHostsThatAreMarked() {
    HostPolicy policy =
        policy("http://localhost:5000", HostOptions.builder().insecure(true).build());
    assertThat(policy.trusts(URI.create("http://localhost:5000/up"))).isTrue();
    assertThat(policy.trusts(URI.create("http://localhost:5001/up"))).isFalse();
    assertThat(policy.mayFollow(URI.create("http://storage.example/x"))).isTrue();
  }
}
