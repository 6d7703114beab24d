package io.registrykit.examples.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.examples.torture.crash.KillRun;
import io.registrykit.examples.torture.crash.Kills;
import io.registrykit.examples.torture.process.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the server a few times; {@code run crash.Kills} does it a thousand times. */
class KillTest {
  private static final Duration MOST = Duration.ofSeconds(50);

  @Test
  void losesNothingThatItAcknowledged(@TempDir Path root) throws Exception {
    long seed = System.nanoTime();
    Kills.fill(root, 1000);
    KillRun.Report report = new KillRun(Kills.servers(root), seed).run(Scale.kills(), MOST);
    System.out.println("seed " + seed + ": " + report.summary());
    report.startUps().forEach(System.out::println);
    assertThat(report.violations()).as("seed %s", seed).isEmpty();
    assertThat(report.kills()).isGreaterThan(2);
    assertThat(report.acknowledged()).isGreaterThan(20);
  }

  /** A test that such a server passes would prove nothing. */
  @Test
  void findsAServerThatAcknowledgesBeforeItCommits(@TempDir Path root) throws Exception {
    KillRun.Servers hasty =
        () ->
            ServerProcess.start(
                List.of("-Xmx256m"), HastyServer.class.getName(), List.of(root.toString()));
    KillRun.Report report = new KillRun(List.of(hasty), 1).run(10, MOST);
    assertThat(report.violations()).isNotEmpty();
  }
}
