package io.registrykit.store.fs.internal.uploads;

import io.registrykit.store.fs.internal.files.Disk;
import io.registrykit.store.fs.internal.files.FileHandle;
import io.registrykit.store.fs.internal.files.Health;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Lets the disk begin with a large upload while the rest of it arrives, so that the sync at its end
 * finds little left to do. Promises nothing by itself: the sync at the end is what counts.
 * Thread-safe.
 */
public final class WriteOut implements AutoCloseable {
  /** How much of an upload is written before the disk is told to begin, in bytes. */
  public static final long USUAL_STEP = 32L << 20;

  private static final int MAX_WAITING = 64;
  private static final long DEADLINE_MINUTES = 5;

  private final Health health;
  private final long step;
  private final @Nullable ThreadPoolExecutor workers;

  /**
   * Begins in the background.
   *
   * @param health told when the disk fails
   * @param threads how many syncs may run at once; zero leaves everything to the sync at the end
   * @param step after how many bytes of an upload it begins, again and again
   */
  public WriteOut(Health health, int threads, long step) {
    this.health = health;
    this.step = step;
    this.workers = threads == 0 ? null : newPool(threads);
  }

  private static ThreadPoolExecutor newPool(int threads) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            task -> {
              Thread thread = new Thread(task, "registrykit-write-out");
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** Whether so many new bytes of one upload are worth a sync. */
  boolean isWorth(long bytes) {
    return workers != null && bytes >= step;
  }

  /**
   * Begins to sync a file, which must stay open until the result is there.
   *
   * @return what to pass to {@link #finish}, or null when all threads are busy, which does no harm
   */
  @Nullable Future<?> begin(Disk disk, FileHandle file) {
    if (workers == null) {
      return null;
    }
    try {
      return workers.submit(
          () -> {
            try {
              disk.force(file);
            } catch (IOException e) {
              // The kernel may tell of it only once: no later sync of this file proves anything.
              throw health.fail(e);
            }
            return file;
          });
    } catch (RejectedExecutionException e) {
      return null;
    }
  }

  /** Waits until a sync that was begun is done; fails as it did. */
  void finish(Future<?> begun) throws IOException {
    boolean interrupted = false;
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(DEADLINE_MINUTES);
    try {
      while (true) {
        try {
          begun.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (TimeoutException e) {
          throw health.fail(new IOException("the disk did not answer in time", e));
        } catch (ExecutionException e) {
          throw new IOException(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    if (workers != null) {
      workers.shutdown();
    }
  }
}
