package io.registrykit.store.fs.internal.check;

import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;

/** Slows its caller down to so many bytes a second. For one thread. */
public final class RateLimit {
  private static final double MIN_SLEEP_NANOS = 5e6;

  private final long bytesPerSecond;
  private final long startedAt = System.nanoTime();
  private long taken;

  /**
   * A limit.
   *
   * @param bytesPerSecond one or more
   */
  public RateLimit(long bytesPerSecond) {
    if (bytesPerSecond < 1) {
      throw new IllegalArgumentException("bytesPerSecond is below one");
    }
    this.bytesPerSecond = bytesPerSecond;
  }

  /**
   * Waits until so many bytes more are due.
   *
   * @throws InterruptedIOException if the thread is interrupted
   */
  public void take(long bytes) throws InterruptedIOException {
    taken += bytes;
    double dueSeconds = (double) taken / (double) bytesPerSecond;
    double early = dueSeconds * 1e9 - (double) (System.nanoTime() - startedAt);
    if (early > MIN_SLEEP_NANOS) {
      try {
        TimeUnit.NANOSECONDS.sleep((long) early);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while reading slowly");
      }
    }
  }
}
