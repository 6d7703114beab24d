package io.registrykit.examples.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final Digest BLOB = Digest.of(DigestAlgorithm.SHA256, new byte[0]);
  private static final long MIB = 1 << 20;

  private static String shown(boolean terminal) {
    StringWriter out = new StringWriter();
    try (Progress progress = Progress.ofBytes(new PrintWriter(out), "pull", terminal)) {
      CopyProgress copy = new CopyProgress(progress);
      copy.onGraph(2, 4 * MIB);
      copy.onBlob(BLOB, MIB, 2 * MIB);
      copy.onBlob(BLOB, 2 * MIB, 2 * MIB);
      copy.onBlob(BLOB, 2 * MIB, 2 * MIB);
      progress.clear();
    }
    return out.toString();
  }

  @Test
  void aTerminalShowsHowFarItIs() {
    assertThat(shown(true)).contains("pull", "100%", "4/4 MiB", "2 blobs").endsWith("\r\u001b[K");
  }

  @Test
  void elsewhereNothingIsShown() {
    assertThat(shown(false)).isEmpty();
  }
}
