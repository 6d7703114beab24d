package io.registrykit.interop.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.RegistryPolicy;
import io.registrykit.interop.harness.Command;
import io.registrykit.interop.harness.Identity;
import io.registrykit.interop.harness.LiveRegistry;
import io.registrykit.interop.harness.Login;
import io.registrykit.interop.harness.Tools;
import io.registrykit.interop.harness.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The conformance suites that the OCI publishes, as they are. */
@DisplayName("Official OCI conformance")
class OfficialSuiteTest {
  private static final Duration DEADLINE = Duration.ofMinutes(5);

  /**
   * Mounts, which become uploads: the suites ask for a token that opens the target of a mount and
   * not its source.
   */
  private static final int MOUNTS = 4;

  private static final Predicate<String> RESULT =
      Pattern.compile(
              "^(OCI Conformance Result|  (Pass|FAIL|Skip)\\.|Ran \\d+ of|.*Passed.*Failed).*")
          .asMatchPredicate();

  @ParameterizedTest(name = "over {0}, signed in: {1}")
  @CsvSource({"HTTP, false", "TLS, false", "TLS, true"})
  @DisplayName("new suite, specification 1.1")
  void release(Wire wire, boolean signedIn, @TempDir Path folder) throws IOException {
    Command suite = newSuite(folder).env("OCI_VERSION", "1.1");

    SuiteReport report =
        SuiteReport.ofCounts(run(suite, wire, signedIn, folder, RegistryPolicy.strict()));

    assertThat(report.failed()).isZero();
    assertThat(report.skipped()).isLessThanOrEqualTo(signedIn ? MOUNTS : 0);
    assertThat(report.passed()).isGreaterThanOrEqualTo(signedIn ? 845 : 860);
  }

  @ParameterizedTest(name = "over {0}, signed in: {1}")
  @CsvSource({"HTTP, false", "TLS, false", "TLS, true"})
  @DisplayName("new suite, specification in development, sparse manifests")
  void development(Wire wire, boolean signedIn, @TempDir Path folder) throws IOException {
    Command suite = newSuite(folder).env("OCI_VERSION", "dev").env("OCI_DATA_SPARSE", "true");
    RegistryPolicy sparse = RegistryPolicy.strict().withSparseIndexes(true).withSparseImages(true);

    SuiteReport report = SuiteReport.ofCounts(run(suite, wire, signedIn, folder, sparse));

    assertThat(report.failed()).isZero();
    assertThat(report.skipped()).isLessThanOrEqualTo(signedIn ? MOUNTS : 0);
    assertThat(report.disabled()).isZero();
    assertThat(report.passed()).isGreaterThanOrEqualTo(signedIn ? 1015 : 1030);
  }

  @ParameterizedTest(name = "over {0}, signed in: {1}")
  @CsvSource({"HTTP, false", "TLS, false", "TLS, true"})
  @DisplayName("suite of the 1.1 releases")
  void first(Wire wire, boolean signedIn, @TempDir Path folder) throws IOException {
    Command suite =
        Command.in(folder, Tools.require("oci-conformance-v1"), "--ginkgo.no-color")
            .env("OCI_NAMESPACE", "myorg/myrepo")
            .env("OCI_CROSSMOUNT_NAMESPACE", "myorg/other")
            .env("OCI_AUTOMATIC_CROSSMOUNT", "1")
            .env("OCI_TEST_PULL", "1")
            .env("OCI_TEST_PUSH", "1")
            .env("OCI_TEST_CONTENT_DISCOVERY", "1")
            .env("OCI_TEST_CONTENT_MANAGEMENT", "1")
            .env("OCI_REPORT_DIR", folder.toString());

    SuiteReport report =
        SuiteReport.ofSpecs(run(suite, wire, signedIn, folder, RegistryPolicy.strict()));

    assertThat(report.failed()).isZero();
    // Two are for a registry that is filled beforehand, two for one that never mounts by itself.
    int disabled = signedIn ? 5 : 4;
    assertThat(report.passed()).isGreaterThanOrEqualTo(79 - disabled);
    assertThat(report.disabled()).isLessThanOrEqualTo(disabled);
  }

  private static Command newSuite(Path folder) {
    return Command.in(folder, Tools.require("oci-conformance"))
        .env("OCI_REPO1", "team/app/one")
        .env("OCI_REPO2", "team/app/two")
        .env("OCI_RESULTS_DIR", folder.toString());
  }

  private static Command as(Login login, Command suite) {
    return suite.env("OCI_USERNAME", login.user()).env("OCI_PASSWORD", login.secret());
  }

  private static Path run(
      Command suite, Wire wire, boolean signedIn, Path folder, RegistryPolicy policy)
      throws IOException {
    try (LiveRegistry registry =
        signedIn
            ? LiveRegistry.startClosed(wire, folder, policy)
            : LiveRegistry.start(wire, folder, policy)) {
      Command.Outcome outcome =
          (signedIn ? as(registry.login(Identity.SCOPED_TOKEN), suite) : suite)
              .within(DEADLINE)
              .env("OCI_REGISTRY", registry.host())
              .env("OCI_ROOT_URL", registry.uri().toString())
              .env("OCI_TLS", wire == Wire.TLS ? "enabled" : "disabled")
              .env("SSL_CERT_FILE", registry.certificate().toString())
              .attempt();
      outcome.out().lines().filter(RESULT).forEach(line -> System.out.println(wire + ": " + line));
      assertThat(outcome.exit()).as(outcome::describe).isZero();
      return folder.resolve("junit.xml");
    }
  }
}
