package io.registrykit.spi.tck;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for conditions, never for a time to pass. */
final class Waiting {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private Waiting() {}

  static void until(String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > DEADLINE.toNanos()) {
        fail("waited " + DEADLINE + " in vain: " + what);
      }
      LockSupport.parkNanos(100_000);
    }
  }
}
