package io.registrykit.store.fs.internal.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.store.fs.SilentLogger;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CheckpointThreadTest {
  private static final int MOST_BYTES = 1000;
  private static final long MOST_AGE = TimeUnit.HOURS.toNanos(1);

  @RegisterExtension
  static final SilentLogger SILENT = new SilentLogger(CheckpointThread.class.getName());

  private final CountDownLatch done = new CountDownLatch(1);
  private @Nullable CheckpointThread thread;

  @AfterEach
  void stop() {
    Objects.requireNonNull(thread).close();
  }

  private void awaitCheckpoint() throws InterruptedException {
    assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void runsAtOnceWhereOlderSegmentsWait() throws InterruptedException {
    thread = new CheckpointThread(done::countDown, () -> 0, true, MOST_BYTES, MOST_AGE);
    awaitCheckpoint();
  }

  @Test
  void runsWhenTheLogIsLong() throws InterruptedException {
    thread =
        new CheckpointThread(done::countDown, () -> MOST_BYTES + 1, false, MOST_BYTES, MOST_AGE);
    awaitCheckpoint();
  }

  /** The log begins anew in each, so that its length does not tell of what waits. */
  @Test
  void triesAgainAfterOneThatFailedThoughNobodyWrites() throws InterruptedException {
    AtomicInteger tries = new AtomicInteger();
    CheckpointThread.Work failsAtFirst =
        () -> {
          if (tries.incrementAndGet() < 3) {
            throw new IOException("the disk is full");
          }
          done.countDown();
        };
    thread = new CheckpointThread(failsAtFirst, () -> 0, true, MOST_BYTES, 1);
    awaitCheckpoint();
    assertThat(tries).hasValue(3);
  }
}
