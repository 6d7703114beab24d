package io.registrykit.internal.engine;

import io.registrykit.error.LimitException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets in only as many large manifests at once as the heap has room for: one takes many times its
 * length while it is parsed. Thread-safe.
 */
final class LargeManifests {
  private static final long LARGE = 256 << 10;
  private static final long HEAP_OF_EACH = 64L << 20;
  private static final int MOST = 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Semaphore room =
      new Semaphore(
          (int) Math.max(1, Math.min(MOST, Runtime.getRuntime().maxMemory() / HEAP_OF_EACH)));

  /** Whether a body of so many bytes, or of an unknown number below zero, needs room. */
  boolean isLarge(long length) {
    return length < 0 || length > LARGE;
  }

  /**
   * Waits for room; the caller gives it back.
   *
   * @throws LimitException if there is none in time
   */
  void enter() throws InterruptedIOException {
    try {
      if (!room.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw LimitException.tooMany("too many large manifests at once", PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for room");
    }
  }

  /** Gives room back. */
  void leave() {
    room.release();
  }
}
