package io.registrykit.examples.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.examples.torture.memory.MemoryRun;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asks a server with a small heap for all that costs memory. */
class MemoryTest {
  /** What a JVM has beside its heap: code, stacks, classes, buffers. */
  private static final int BESIDE_HEAP_MIB = 200;

  /** Caches that have filled. */
  private static final long MOST_GROWTH = 64L << 20;

  @ParameterizedTest
  @ValueSource(ints = {256, 128})
  void goesOnWhateverIsAskedOfIt(int heap, @TempDir Path root) throws Exception {
    MemoryRun.Report report = MemoryRun.run(root, heap, Scale.referrers());
    System.out.println("-Xmx" + heap + "m: " + report.summary());
    assertThat(report.violations()).isEmpty();
    assertThat(report.residentMib()).isLessThan(heap + BESIDE_HEAP_MIB);
    assertThat(report.heapAfter() - report.heapBefore()).isLessThan(MOST_GROWTH);
  }
}
