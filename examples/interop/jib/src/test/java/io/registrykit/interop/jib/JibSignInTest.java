package io.registrykit.interop.jib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.RegistryUnauthorizedException;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import io.registrykit.RegistryPolicy;
import io.registrykit.interop.harness.Identity;
import io.registrykit.interop.harness.LiveRegistry;
import io.registrykit.interop.harness.Login;
import io.registrykit.interop.harness.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

/** jib signs in as each kind of identity. It says no passwords over plain HTTP unless told to. */
@DisplayName("jib-core signs in")
@ParameterizedClass
@EnumSource(Wire.class)
@Timeout(120)
class JibSignInTest {
  private static final String OVER_HTTP = "sendCredentialsOverHttp";

  @Parameter Wire wire;

  @TempDir Path folder;

  private LiveRegistry registry;

  @BeforeEach
  void start() throws IOException {
    System.setProperty(OVER_HTTP, "true");
    registry = LiveRegistry.startClosed(wire, folder, RegistryPolicy.strict());
  }

  @AfterEach
  void stop() throws IOException {
    System.clearProperty(OVER_HTTP);
    assertThat(registry.seen()).noneMatch(seen -> seen.status() >= 500);
    registry.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"ADMIN", "SERVICE_PRINCIPAL", "REFRESH_TOKEN", "SCOPED_TOKEN"})
  void pushesAndBuildsOnIt(Identity identity) throws Exception {
    Login login = registry.login(identity);

    push("team/one:1", login);
    build("team/one:1", login, "team/two:1", login);

    assertThat(registry.repositories()).containsExactly("team/one", "team/two");
  }

  @ParameterizedTest
  @EnumSource(names = {"READ_ONLY_TOKEN", "FORGETFUL_TOKEN"})
  void isRefused(Identity identity) throws Exception {
    Login login = registry.login(identity);
    Login shown = identity == Identity.FORGETFUL_TOKEN ? login.wrong() : login;

    assertThatThrownBy(() -> push("team/one:1", shown))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("Unauthorized");

    assertThat(registry.repositories()).isEmpty();
  }

  @Test
  void readsAnonymouslyWhereEverybodyMay() throws Exception {
    Login login = registry.login(Identity.ADMIN);
    push("public/base:1", login);
    push("private/base:1", login);

    build("public/base:1", null, "team/two:1", login);

    assertThatThrownBy(() -> push("public/nobody:1", null))
        .isInstanceOf(RegistryUnauthorizedException.class);
    assertThatThrownBy(() -> build("private/base:1", null, "team/three:1", login))
        .isInstanceOf(RegistryUnauthorizedException.class);
    assertThat(registry.repositories()).contains("team/two").doesNotContain("public/nobody");
  }

  private void push(String image, @Nullable Login login) throws Exception {
    Path file = Files.writeString(folder.resolve("app.txt"), image);
    Jib.fromScratch()
        .addLayer(List.of(file), AbsoluteUnixPath.get("/app"))
        .containerize(to(image, login));
  }

  private void build(String base, @Nullable Login baseLogin, String image, Login login)
      throws Exception {
    Path file = Files.writeString(folder.resolve("more.txt"), image);
    Jib.from(named(base, baseLogin))
        .addLayer(List.of(file), AbsoluteUnixPath.get("/more"))
        .containerize(to(image, login));
  }

  private RegistryImage named(String image, @Nullable Login login) throws Exception {
    RegistryImage named = RegistryImage.named(registry.image(image));
    return login == null ? named : named.addCredential(login.user(), login.secret());
  }

  private Containerizer to(String image, @Nullable Login login) throws Exception {
    return Containerizer.to(named(image, login))
        .setAllowInsecureRegistries(true)
        .setBaseImageLayersCache(folder.resolve("base"))
        .setApplicationLayersCache(folder.resolve("layers"));
  }
}
