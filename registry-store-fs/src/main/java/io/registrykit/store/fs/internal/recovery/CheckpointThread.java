package io.registrykit.store.fs.internal.recovery;

import io.registrykit.store.fs.internal.log.CommitLog;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes a checkpoint when the log is long or old, behind the backs of those who write. Thread-safe.
 */
public final class CheckpointThread implements AutoCloseable {
  private static final long LOOK_MILLIS = 250;
  private static final long STOP_MILLIS = TimeUnit.MINUTES.toMillis(2);

  private final Logger logger = System.getLogger(CheckpointThread.class.getName());
  private final Checkpointer checkpointer;
  private final CommitLog log;
  private final long maxBytes;
  private final long maxAgeNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition stop = lock.newCondition();
  private final Thread thread;

  /** Whether older segments than the log's own wait. Of the thread. */
  private boolean behind;

  private boolean stopped;

  /**
   * Starts the thread.
   *
   * @param behind whether a checkpoint is due as soon as the store has opened
   * @param maxBytes how long the log may grow
   * @param maxAgeNanos how long an entry may wait
   */
  public CheckpointThread(
      Checkpointer checkpointer, CommitLog log, boolean behind, long maxBytes, long maxAgeNanos) {
    this.checkpointer = checkpointer;
    this.log = log;
    this.behind = behind;
    this.maxBytes = maxBytes;
    this.maxAgeNanos = maxAgeNanos;
    this.thread = new Thread(this::run, "registrykit-checkpoint");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    long emptyAt = System.nanoTime();
    while (waitUnlessStopped()) {
      long now = System.nanoTime();
      long size = log.size();
      if (size == 0 && !behind) {
        emptyAt = now;
      } else if (behind || size > maxBytes || now - emptyAt > maxAgeNanos) {
        checkpoint();
        behind = false;
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

  private void checkpoint() {
    try {
      checkpointer.run();
    } catch (IOException | RuntimeException e) {
      logger.log(Level.WARNING, "checkpoint failed: " + e.getMessage(), e);
    }
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
