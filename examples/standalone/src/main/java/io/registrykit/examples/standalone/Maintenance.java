package io.registrykit.examples.standalone;

import io.registrykit.RegistryPolicy;
import io.registrykit.error.RegistryException;
import io.registrykit.maintenance.GarbageCollector;
import io.registrykit.maintenance.UploadReaper;
import io.registrykit.spi.store.RegistryStore;
import io.registrykit.store.fs.FileStore;
import io.registrykit.store.fs.ScrubReport;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Cleans up while the registry serves: ends uploads that nobody finishes, collects garbage, and
 * looks for blobs that the disk has damaged. Safe for use by any number of threads.
 */
final class Maintenance implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Maintenance.class.getName());
  private static final Duration REAP_EVERY = Duration.ofMinutes(10);
  private static final Duration FIRST_SCRUB = Duration.ofHours(1);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  /** Two, as a scrub may read for days. */
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(
          2,
          task -> {
            Thread made = new Thread(task, "registry-maintenance");
            made.setDaemon(true);
            return made;
          });

  private final UploadReaper reaper;
  private final GarbageCollector collector;
  private final Duration collectEvery;
  private Runnable scrub = () -> {};

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

  /** Something done again and again. */
  private interface Task {
    void run() throws IOException;
  }

  /**
   * Adds a scrub.
   *
   * @param files what to read
   * @param every how long to pause between two; the first comes within an hour
   * @param bytesPerSecond how fast to read
   */
  void scrub(FileStore files, Duration every, long bytesPerSecond) {
    Duration first = every.compareTo(FIRST_SCRUB) < 0 ? every : FIRST_SCRUB;
    scrub = () -> repeat(first, every, () -> scrub(files, bytesPerSecond));
  }

  private static void scrub(FileStore files, long bytesPerSecond) throws IOException {
    ScrubReport report =
        files.scrub(bytesPerSecond, found -> LOG.log(Level.WARNING, "scrub: {0}", found));
    LOG.log(
        Level.INFO,
        "read all {0} blobs again, {1} bytes: {2} damaged",
        report.blobs(),
        report.bytes(),
        report.damaged().size());
  }

  /** Starts to clean. */
  void start() {
    repeat(
        REAP_EVERY, REAP_EVERY, () -> LOG.log(Level.DEBUG, "ended {0} old uploads", reaper.reap()));
    repeat(
        collectEvery,
        collectEvery,
        () -> LOG.log(Level.INFO, "collected garbage: {0}", collector.collect()));
    scrub.run();
  }

  private void repeat(Duration first, Duration pause, Task task) {
    ScheduledFuture<?> unused =
        threads.scheduleWithFixedDelay(
            () -> {
              try {
                task.run();
              } catch (IOException | RegistryException e) {
                if (!threads.isShutdown()) {
                  LOG.log(Level.WARNING, "maintenance failed and will be tried again", e);
                }
              }
            },
            first.toMillis(),
            pause.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Stops; a collection or a scrub under way is interrupted, and what it did stands. */
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.log(Level.WARNING, "maintenance did not stop in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
