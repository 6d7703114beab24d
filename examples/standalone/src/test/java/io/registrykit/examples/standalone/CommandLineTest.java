package io.registrykit.examples.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CommandLineTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(args);
  }

  @Test
  void helpNamesTheCommands() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("serve");
  }

  @Test
  void helpOfServeNamesItsOptions() {
    assertThat(run("serve", "--help")).isZero();
    assertThat(out.toString()).contains("--host", "--port", "--memory", "--tls");
  }

  @Test
  void tellsItsVersion() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).startsWith("RegistryKit");
  }

  @Test
  void wrongWordsAreExitCode2() {
    assertThat(run()).isEqualTo(2);
    assertThat(run("serve", "--port", "many")).isEqualTo(2);
    assertThat(err.toString()).contains("many");
    assertThat(run("serve", "--memory", "--gc-every", "PT0S")).isEqualTo(2);
    assertThat(run("serve", "--memory", "--scrub-every", "-PT1S")).isEqualTo(2);
    assertThat(run("serve", "--memory", "--scrub-rate", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("--gc-every is", "--scrub-every is", "--scrub-rate is");
  }

  @Test
  void aPortThatIsTakenIsAMessageAndExitCode1() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(run("serve", "--memory", "--port", Integer.toString(taken.getLocalPort())))
          .isEqualTo(1);
      assertThat(err.toString()).contains("registry: ").doesNotContain("\tat ");
    }
  }
}
