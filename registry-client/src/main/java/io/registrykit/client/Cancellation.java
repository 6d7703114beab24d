package io.registrykit.client;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A way to stop calls from another thread: what was started with it ends soon with a {@link
 * CancellationException}. Safe for use by any number of threads.
 */
public final class Cancellation {
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Runnable> hooks = new LinkedHashSet<>();
  private boolean cancelled;

  /** A cancellation that has not happened. */
  public Cancellation() {}

  /** Stops the calls that run with this, and those that start later. */
  public void cancel() {
    Set<Runnable> toRun;
    lock.lock();
    try {
      cancelled = true;
      toRun = new LinkedHashSet<>(hooks);
      hooks.clear();
    } finally {
      lock.unlock();
    }
    toRun.forEach(Runnable::run);
  }

  /**
   * Whether it was cancelled.
   *
   * @return true from the first {@link #cancel} on
   */
  public boolean isCancelled() {
    lock.lock();
    try {
      return cancelled;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Goes on, or not.
   *
   * @throws CancellationException if it was cancelled
   */
  public void check() {
    if (isCancelled()) {
      throw new CancellationException("cancelled");
    }
  }

  /**
   * Runs something when it is cancelled, at once when it was.
   *
   * @param hook what to run; must not block
   * @return takes the hook away again
   */
  public Registration onCancel(Runnable hook) {
    boolean now;
    lock.lock();
    try {
      now = cancelled;
      if (!now) {
        hooks.add(hook);
      }
    } finally {
      lock.unlock();
    }
    if (now) {
      hook.run();
    }
    return () -> remove(hook);
  }

  private void remove(Runnable hook) {
    lock.lock();
    try {
      hooks.remove(hook);
    } finally {
      lock.unlock();
    }
  }

  /** A hook that can be taken away. */
  @FunctionalInterface
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
