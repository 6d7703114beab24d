package io.registrykit.examples.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.examples.torture.slow.SlowRun;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A crowd of slow clients for some seconds; {@code run slow.SlowRun} stands them ten minutes. */
class SlowTest {
  /** Starved clients wait for seconds; a busy machine alone costs some tenths. */
  private static final double MOST_MILLIS = 1000;

  @Test
  void honestClientsNoticeNothingOfThem(@TempDir Path root) throws Exception {
    SlowRun.Report report = SlowRun.run(root, Scale.slowSeconds(), Scale.slowClients(), 20);
    System.out.println(report.summary());
    assertThat(report.errors()).isEmpty();
    assertThat(report.p99Millis()).isLessThan(MOST_MILLIS);
    assertThat(report.cut()).isPositive();
    assertThat(report.requests()).isGreaterThan(20);
  }
}
