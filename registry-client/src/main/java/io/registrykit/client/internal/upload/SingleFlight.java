package io.registrykit.client.internal.upload;

import io.registrykit.client.UploadJournal;
import io.registrykit.client.internal.http.CallLimits;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread upload a blob while others that want the same wait for it; they then find it
 * there. Safe for use by any number of threads.
 */
public final class SingleFlight {
  private static final long STEP_MILLIS = 200;

  private final ConcurrentMap<UploadJournal.Key, CountDownLatch> flights =
      new ConcurrentHashMap<>();

  /**
   * Waits until nobody else uploads the blob and takes its place.
   *
   * @param key the upload
   * @param limits ends the wait
   * @return gives the place up
   */
  public Place enter(UploadJournal.Key key, CallLimits limits) {
    CountDownLatch mine = new CountDownLatch(1);
    while (true) {
      CountDownLatch other = flights.putIfAbsent(key, mine);
      if (other == null) {
        return () -> leave(key, mine);
      }
      await(other, limits);
    }
  }

  private void leave(UploadJournal.Key key, CountDownLatch mine) {
    flights.remove(key, mine);
    mine.countDown();
  }

  private static void await(CountDownLatch other, CallLimits limits) {
    @Nullable InterruptedException interrupted = null;
    try {
      boolean free = false;
      while (!free) {
        limits.check();
        free = other.await(STEP_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      interrupted = e;
    }
    if (interrupted != null) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  /** The right to upload a blob. */
  @FunctionalInterface
  public interface Place extends AutoCloseable {
    @Override
    void close();
  }
}
