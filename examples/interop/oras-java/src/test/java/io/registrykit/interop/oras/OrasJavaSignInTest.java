package io.registrykit.interop.oras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrykit.RegistryPolicy;
import io.registrykit.interop.harness.Identity;
import io.registrykit.interop.harness.LiveRegistry;
import io.registrykit.interop.harness.Login;
import io.registrykit.interop.harness.SeenRequest;
import io.registrykit.interop.harness.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import land.oras.Annotations;
import land.oras.ArtifactType;
import land.oras.Config;
import land.oras.ContainerRef;
import land.oras.Layer;
import land.oras.LocalPath;
import land.oras.Registry;
import land.oras.exception.OrasException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** oras-java signs in as each kind of identity. */
@DisplayName("oras-java-sdk signs in")
@ParameterizedClass
@EnumSource(Wire.class)
@Timeout(120)
class OrasJavaSignInTest {
  private static final ArtifactType THING = ArtifactType.from("application/vnd.example.thing");

  @Parameter Wire wire;

  @TempDir Path folder;

  private LiveRegistry live;

  @BeforeEach
  void start() throws IOException {
    live = LiveRegistry.startClosed(wire, folder, RegistryPolicy.strict());
  }

  @AfterEach
  void stop() throws IOException {
    assertThat(live.seen()).noneMatch(seen -> seen.status() >= 500);
    live.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"ADMIN", "SERVICE_PRINCIPAL", "REFRESH_TOKEN", "SCOPED_TOKEN"})
  void pushesPullsAndMounts(Identity identity) throws IOException {
    Registry registry = client(live.login(identity));
    push(registry, "team/one:1");
    registry.pullArtifact(ref("team/one:1"), Files.createDirectory(folder.resolve("out")), true);
    Layer layer = registry.pushBlob(ref("team/one"), "layer".getBytes(StandardCharsets.UTF_8));

    assertThat(mount(registry, "team/one", "team/two", layer)).isTrue();
    assertThat(folder.resolve("out/a.txt")).hasContent("team/one:1");
    assertThat(live.repositories()).containsExactly("team/one", "team/two");
  }

  @Test
  void readsWithoutWriting() throws IOException {
    push(client(live.login(Identity.ADMIN)), "team/one:1");
    Registry registry = client(live.login(Identity.READ_ONLY_TOKEN));

    assertThat(registry.getManifest(ref("team/one:1")).getDigest()).startsWith("sha256:");
    assertThatThrownBy(() -> push(registry, "team/two:1")).isInstanceOf(OrasException.class);
    assertThat(live.repositories()).containsExactly("team/one");
  }

  @Test
  void isToldThatThePasswordIsWrong() throws IOException {
    Registry registry = client(live.login(Identity.FORGETFUL_TOKEN).wrong());

    assertThatThrownBy(() -> push(registry, "team/one:1")).isInstanceOf(OrasException.class);
    assertThat(live.repositories()).isEmpty();
  }

  @Test
  void pullsAnonymouslyWhereEverybodyMay() throws IOException {
    Registry owner = client(live.login(Identity.ADMIN));
    push(owner, "public/one:1");
    push(owner, "private/one:1");
    Registry registry = reaching(Registry.builder().defaults(live.host()));

    assertThat(registry.getManifest(ref("public/one:1")).getDigest()).startsWith("sha256:");
    assertThatThrownBy(() -> registry.getManifest(ref("private/one:1")))
        .isInstanceOf(OrasException.class);
    assertThatThrownBy(() -> push(registry, "public/two:1")).isInstanceOf(OrasException.class);
    assertThat(live.repositories()).containsExactly("private/one", "public/one");
  }

  /** The blob is there, but neither the answer nor what is stored says so. */
  @Test
  void mountsNothingThatItMayNotRead() throws IOException {
    byte[] secret = "secret".getBytes(StandardCharsets.UTF_8);
    Layer layer = client(live.login(Identity.ADMIN)).pushBlob(ref("private/one"), secret);
    Registry registry = client(live.login(Identity.TEAM_TOKEN));

    assertThat(mount(registry, "private/one", "team/one", layer)).isFalse();
    assertThat(live.repositories()).containsExactly("private/one");
    assertThat(mounts()).isNotEmpty().allMatch(mount -> mount.status() == 202);
    registry.pushBlob(ref("team/one"), secret);
    assertThat(registry.getBlob(ref("team/one").withDigest(layer.getDigest()))).isEqualTo(secret);
  }

  private List<SeenRequest> mounts() {
    return live.seen().stream().filter(seen -> !seen.mount().isEmpty()).toList();
  }

  private boolean mount(Registry registry, String from, String to, Layer layer) {
    return registry.mountBlob(
        ref(from).withDigest(layer.getDigest()), ref(to).withDigest(layer.getDigest()));
  }

  private void push(Registry registry, String name) throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), name);
    registry.pushArtifact(
        ref(name), THING, Annotations.empty(), Config.empty(), LocalPath.of(file, "text/plain"));
  }

  private ContainerRef ref(String name) {
    return ContainerRef.parse(live.image(name));
  }

  private Registry client(Login login) {
    return reaching(Registry.builder().defaults(live.host(), login.user(), login.secret()));
  }

  private Registry reaching(Registry.Builder builder) {
    return wire == Wire.HTTP
        ? builder.withInsecure(true).build()
        : builder.withSkipTlsVerify(true).build();
  }
}
