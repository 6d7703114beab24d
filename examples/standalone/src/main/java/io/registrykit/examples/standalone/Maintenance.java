package io.registrykit.examples.standalone;

import io.registrykit.RegistryPolicy;
import io.registrykit.error.RegistryException;
import io.registrykit.maintenance.GarbageCollector;
import io.registrykit.maintenance.UploadReaper;
import io.registrykit.spi.store.RegistryStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Cleans up while the registry serves: ends uploads that nobody finishes, and collects garbage.
 * Safe for use by any number of threads.
 */
final class Maintenance implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Maintenance.class.getName());
  private static final Duration REAP_EVERY = Duration.ofMinutes(10);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "registry-maintenance");
            made.setDaemon(true);
            return made;
          });
  private final UploadReaper reaper;
  private final GarbageCollector collector;
  private final Duration collectEvery;

  /**
   * Prepares to clean.
   *
   * @param store what to clean
   * @param policy says how long an upload may take
   * @param collectEvery how often to collect garbage
   */
  Maintenance(RegistryStore store, RegistryPolicy policy, Duration collectEvery) {
    this.reaper = new UploadReaper(store.blobs(), policy.uploadLifetime(), Clock.systemUTC());
    this.collector = GarbageCollector.builder(store).build();
    this.collectEvery = collectEvery;
  }

  /** Starts to clean. */
  void start() {
    every(REAP_EVERY, () -> LOG.log(Level.DEBUG, "ended {0} old uploads", reaper.reap()));
    every(collectEvery, () -> LOG.log(Level.INFO, "collected garbage: {0}", collector.collect()));
  }

  private void every(Duration pause, Runnable task) {
    ScheduledFuture<?> unused =
        thread.scheduleWithFixedDelay(
            () -> {
              try {
                task.run();
              } catch (RegistryException e) {
                LOG.log(Level.WARNING, "maintenance failed and will be tried again", e);
              }
            },
            pause.toMillis(),
            pause.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Stops; a collection under way is interrupted, and what it did stands. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.log(Level.WARNING, "maintenance did not stop in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
