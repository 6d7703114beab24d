package io.registrykit.client.internal.http;

import io.registrykit.client.Cancellation;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Ends exchanges that stand still or take too long. A socket's own time-out knows no slow writer
 * and no peer that sends a byte now and then. Safe for use by any number of threads.
 */
final class Watchdog implements AutoCloseable {
  private final ScheduledThreadPoolExecutor timer;
  private final long stallNanos;

  Watchdog(Duration stall) {
    stallNanos = stall.toNanos();
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "registry-client-watchdog");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
  }

  Watch watch(Runnable abort, CallLimits limits) {
    Watch watch = new Watch(abort, limits);
    watch.schedule();
    return watch;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** The watch over one exchange. Safe for use by several threads. */
  final class Watch implements AutoCloseable {
    private final Runnable abort;
    private final CallLimits limits;
    private final AtomicBoolean fired = new AtomicBoolean();
    private volatile boolean closed;
    private volatile long lastMove = System.nanoTime();
    private volatile @Nullable ScheduledFuture<?> next;
    private final Cancellation.Registration registration;

    Watch(Runnable abort, CallLimits limits) {
      this.abort = abort;
      this.limits = limits;
      this.registration = limits.cancellation().onCancel(this::fire);
    }

    /** Something moved. */
    void touch() {
      lastMove = System.nanoTime();
    }

    private void schedule() {
      long wait = Math.min(lastMove + stallNanos - System.nanoTime(), limits.left());
      next = timer.schedule(this::look, Math.max(wait, 0), TimeUnit.NANOSECONDS);
    }

    private void look() {
      if (closed) {
        return;
      }
      if (limits.left() <= 0 || System.nanoTime() - lastMove >= stallNanos) {
        fire();
      } else {
        schedule();
      }
    }

    private void fire() {
      if (!closed && fired.compareAndSet(false, true)) {
        abort.run();
      }
    }

    /** Turns a failure that this watch caused into what caused it. */
    void explain() throws InterruptedIOException {
      if (fired.get()) {
        limits.check();
        throw new InterruptedIOException("nothing moved for " + Duration.ofNanos(stallNanos));
      }
    }

    @Override
    public void close() {
      closed = true;
      ScheduledFuture<?> task = next;
      if (task != null) {
        task.cancel(false);
      }
      registration.close();
    }
  }
}
