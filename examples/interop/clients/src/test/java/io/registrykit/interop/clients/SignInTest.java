package io.registrykit.interop.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.RegistryPolicy;
import io.registrykit.interop.harness.Command;
import io.registrykit.interop.harness.Identity;
import io.registrykit.interop.harness.LiveRegistry;
import io.registrykit.interop.harness.SampleImage;
import io.registrykit.interop.harness.SeenRequest;
import io.registrykit.interop.harness.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each program signs in as each kind of identity to a registry with access rules. Once: what the
 * registry keeps its content in is no matter of signing in.
 */
@DisplayName("sign-in")
@DisabledIfSystemProperty(
    named = "interop.store",
    matches = "memory",
    disabledReason = "runs over the file store")
@ParameterizedClass(name = "{0} over {1}")
@CsvSource({
  "DOCKER, HTTP",
  "DOCKER_NEWER, TLS",
  "DOCKER_CONTAINERD, TLS",
  "PODMAN, HTTP",
  "BUILDAH, TLS",
  "SKOPEO, HTTP",
  "SKOPEO, TLS",
  "ORAS, HTTP",
  "ORAS, TLS",
  "COSIGN, TLS",
  "CRANE, HTTP",
  "CRANE, TLS",
  "CTR, HTTP",
  "CTR, TLS"
})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInTest {
  /**
   * How programs say that somebody may not do something. A newer docker that is refused over TLS
   * tries plain HTTP at addresses of its own machine, and tells of that alone.
   */
  private static final String REFUSED =
      "(?is).*(unauthori[sz]ed|authentication required|denied|not valid|invalid username"
          + "|insufficient_scope|\\b401\\b|login attempt to http://\\S* failed with status: 400).*";

  @Parameter(0)
  Programs kind;

  @Parameter(1)
  Wire wire;

  private LiveRegistry registry;
  private Program program;

  @BeforeParameterizedClassInvocation(injectArguments = false)
  void start(@TempDir Path folder) throws IOException {
    registry = LiveRegistry.startClosed(wire, folder, RegistryPolicy.strict());
    for (String name : List.of("public", "private")) {
      seed(name + "/base:1", Files.createDirectory(folder.resolve(name)));
    }
    program = kind.start(registry, wire, Files.createDirectory(folder.resolve("program")));
  }

  private void seed(String name, Path folder) throws IOException {
    var admin = registry.login(Identity.ADMIN);
    Skopeo.in(folder)
        .run(
            "copy",
            "-q",
            Skopeo.target(registry, wire),
            "--dest-creds=" + admin.user() + ":" + admin.secret(),
            "oci:" + Images.layout(SampleImage.make(folder), folder) + ":1",
            "docker://" + registry.image(name));
  }

  @AfterParameterizedClassInvocation(injectArguments = false)
  void stop() throws IOException {
    if (program != null) {
      program.close();
    }
    if (registry != null) {
      assertThat(registry.seen()).noneMatch(seen -> seen.status() >= 500);
      registry.close();
    }
  }

  private void login(Identity identity) throws IOException {
    ok(program.login(registry.login(identity)));
  }

  private static void ok(Command.Outcome outcome) {
    assertThat(outcome.exit()).as(outcome::describe).isZero();
  }

  private static void refused(Command.Outcome outcome) {
    assertThat(outcome.exit()).as(outcome::describe).isNotZero();
    assertThat(outcome.out() + outcome.err()).as(outcome::describe).matches(REFUSED);
  }

  @ParameterizedTest
  @EnumSource(names = {"ADMIN", "SERVICE_PRINCIPAL", "REFRESH_TOKEN", "SCOPED_TOKEN"})
  void pullsPushesAndMounts(Identity identity) throws IOException {
    String name = "team/" + identity.name().toLowerCase(Locale.ROOT);
    login(identity);

    ok(program.pull(registry.image("private/base:1")));
    ok(program.push(registry.image(name + "/one:1")));
    ok(program.pull(registry.image(name + "/one:1")));
    ok(program.push(registry.image(name + "/two:1")));

    assertThat(registry.repositories()).contains(name + "/one", name + "/two");
    assertThat(mountsAfter(0)).allMatch(mount -> mount.status() == 201 || mount.status() == 202);
  }

  @Test
  void readsWithoutWriting() throws IOException {
    login(Identity.READ_ONLY_TOKEN);

    ok(program.pull(registry.image("private/base:1")));
    refused(program.push(registry.image("team/read-only:1")));

    assertThat(registry.repositories()).doesNotContain("team/read-only");
    assertThat(registry.seen())
        .filteredOn(seen -> seen.target().contains("/team/read-only/"))
        .noneMatch(seen -> seen.status() < 300);
  }

  @Test
  void isToldThatThePasswordIsWrong() throws IOException {
    program.logout();
    Command.Outcome login = program.login(registry.login(Identity.FORGETFUL_TOKEN).wrong());

    if (kind.triesLogin()) {
      refused(login);
    } else {
      ok(login);
      refused(program.pull(registry.image("private/base:1")));
    }
  }

  @Test
  void pullsAnonymouslyWhereEverybodyMay() throws IOException {
    program.logout();

    ok(program.pull(registry.image("public/base:1")));
    refused(program.push(registry.image("public/nobody:1")));
    refused(program.pull(registry.image("private/base:1")));

    assertThat(registry.repositories()).doesNotContain("public/nobody");
  }

  /** The layers come from a repository that the one who pushes cannot read. */
  @Test
  void mountsNothingThatItMayNotRead() throws IOException {
    login(Identity.ADMIN);
    ok(program.pull(registry.image("private/base:1")));
    login(Identity.TEAM_TOKEN);
    int before = registry.seen().size();

    ok(program.push(registry.image("team/own:1")));

    assertThat(mountsAfter(before)).noneMatch(mount -> mount.status() == 201);
    assertThat(registry.seen().stream().skip(before))
        .anyMatch(
            seen -> seen.target().contains("/team/own/blobs/uploads/") && seen.status() == 201);
    ok(program.pull(registry.image("team/own:1")));
    refused(program.pull(registry.image("private/base:1")));
  }

  private List<SeenRequest> mountsAfter(int first) {
    try (Stream<SeenRequest> later = registry.seen().stream().skip(first)) {
      return later.filter(seen -> !seen.mount().isEmpty()).toList();
    }
  }
}
