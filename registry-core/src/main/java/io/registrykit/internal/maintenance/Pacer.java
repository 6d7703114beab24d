package io.registrykit.internal.maintenance;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Holds a loop to a rate. Not safe for use by several threads at once. */
final class Pacer {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

  private final long perSecond;
  private final long start = System.nanoTime();
  private long done;

  Pacer(int perSecond) {
    this.perSecond = perSecond;
  }

  /**
   * Counts one object and waits until it is due.
   *
   * @return false when the thread was interrupted, which it stays
   */
  boolean next() {
    done++;
    if (perSecond < Integer.MAX_VALUE) {
      awaitDue();
    }
    return !Thread.currentThread().isInterrupted();
  }

  private void awaitDue() {
    long due = start + done / perSecond * SECOND + done % perSecond * SECOND / perSecond;
    long ahead = due - System.nanoTime();
    while (ahead > SHORTEST_PAUSE && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(ahead);
      ahead = due - System.nanoTime();
    }
  }
}
