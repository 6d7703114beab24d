package io.registrykit.interop.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AccessToken;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.util.BinaryData;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What the SDK says when somebody may not do something. */
class RefusalTest {
  private final AzureRegistry registry = AzureRegistry.overHttps();

  @AfterEach
  void close() throws Exception {
    registry.close();
  }

  @Test
  void aReaderPullsAndDoesNotPush() {
    Samples.push(
        Clients.withCredential(registry, AzureRegistry.OWNER).content("team/app"), "v1", "x");
    Clients reader = Clients.withCredential(registry, AzureRegistry.READER);

    assertThat(reader.registry().listRepositoryNames()).containsExactly("team/app");
    assertThat(reader.content("team/app").getManifest("v1").getDigest()).startsWith("sha256:");
    assertThatThrownBy(() -> reader.content("team/app").uploadBlob(BinaryData.fromString("no")))
        .isInstanceOf(ClientAuthenticationException.class);
    assertThatThrownBy(() -> reader.registry().deleteRepository("team/app"))
        .isInstanceOf(ClientAuthenticationException.class);
  }

  @Test
  void nobodyPullsAnonymouslyUnlessLetIn() {
    Samples.push(
        Clients.withCredential(registry, AzureRegistry.OWNER).content("team/app"), "v1", "x");
    Clients anonymous = Clients.anonymous(registry);

    assertThatThrownBy(() -> anonymous.content("team/app").getManifest("v1"))
        .isInstanceOf(ClientAuthenticationException.class);
    registry.letEverybodyPull();
    assertThat(anonymous.content("team/app").getManifest("v1").getDigest()).isNotEmpty();
    assertThat(anonymous.registry().getArtifact("team/app", "v1").listTagProperties()).hasSize(1);
    assertThatThrownBy(() -> anonymous.registry().listRepositoryNames().stream().toList())
        .isInstanceOf(ClientAuthenticationException.class);
  }

  @Test
  void aTokenOfNobodyGetsNoFurther() {
    Clients forged =
        new Clients(
            registry.endpoint(),
            request ->
                Mono.just(
                    new AccessToken("a.b.c", OffsetDateTime.now(ZoneOffset.UTC).plusHours(1))),
            null,
            null);

    assertThatThrownBy(() -> forged.withoutRetries().content("team/app").getManifest("v1"))
        .isInstanceOf(ClientAuthenticationException.class);
  }
}
