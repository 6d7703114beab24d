package io.registrykit.examples.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A few kills; {@link KillRun} as a command makes many. */
class KillTest {
  private static final int KILLS = 3;
  private static final int PUSHERS = 4;

  @Test
  @Timeout(180)
  void losesNothingAcknowledgedWhenItIsKilled(@TempDir Path folder) throws Exception {
    KillRun run = new KillRun(folder.resolve("root"), PUSHERS, 20260301);
    run.run(KILLS);
    System.out.println(run.summary());
    assertThat(run.summary()).doesNotStartWith("0 acknowledged");
  }
}
