package io.registrykit.store.fs.internal.recovery;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Makes a checkpoint when the log is long or old, behind the backs of those who write. Thread-safe.
 */
public final class CheckpointThread implements AutoCloseable {
  private static final long LOOK_MILLIS = 250;
  private static final long STOP_MILLIS = TimeUnit.MINUTES.toMillis(2);

  private final Logger logger = System.getLogger(CheckpointThread.class.getName());
  private final Work work;
  private final LongSupplier logSize;
  private final long maxBytes;
  private final long maxAgeNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition stop = lock.newCondition();
  private final Thread thread;

  /** Whether older segments than the log's own wait. Of the thread. */
  private boolean behind;

  /** Whether the last checkpoint failed, of which one warning is enough. Of the thread. */
  private boolean failing;

  private boolean stopped;

  /** What is to be done when a checkpoint is due. */
  @FunctionalInterface
  public interface Work {
    /**
     * Makes a checkpoint.
     *
     * @throws IOException if there is none, and the next has to do the work of this one too
     */
    void run() throws IOException;
  }

  /**
   * Starts the thread.
   *
   * @param work makes a checkpoint
   * @param logSize how long the log is, in bytes
   * @param behind whether a checkpoint is due as soon as the store has opened
   * @param maxBytes how long the log may grow
   * @param maxAgeNanos how long an entry may wait
   */
  public CheckpointThread(
      Work work, LongSupplier logSize, boolean behind, long maxBytes, long maxAgeNanos) {
    this.work = work;
    this.logSize = logSize;
    this.behind = behind;
    this.maxBytes = maxBytes;
    this.maxAgeNanos = maxAgeNanos;
    this.thread = new Thread(this::run, "registrykit-checkpoint");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    boolean now = behind;
    long emptyAt = System.nanoTime();
    while (waitUnlessStopped()) {
      long size = logSize.getAsLong();
      if (size == 0 && !behind) {
        emptyAt = System.nanoTime();
      } else if (now || size > maxBytes || System.nanoTime() - emptyAt > maxAgeNanos) {
        behind = !checkpoint();
        now = false;
        emptyAt = System.nanoTime();
      }
    }
  }

  private boolean waitUnlessStopped() {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS);
      while (!stopped && left > 0) {
        left = stop.awaitNanos(left);
      }
      return !stopped;
    } catch (InterruptedException e) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  private boolean checkpoint() {
    try {
      work.run();
      failing = false;
    } catch (IOException | RuntimeException e) {
      logger.log(failing ? Level.DEBUG : Level.WARNING, "checkpoint failed: " + e.getMessage(), e);
      failing = true;
    }
    return !failing;
  }

  /** Stops the thread and waits for it. */
  @Override
  public void close() {
    lock.lock();
    try {
      stopped = true;
      stop.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
