package io.registrykit.server.jdk;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks through the calls at a steady pace and cuts off the peers that are late. */
final class Watchdog implements Runnable {
  private static final long MIN_PERIOD_MILLIS = 10;
  private static final long MAX_PERIOD_MILLIS = 500;

  private final Calls calls;
  private final long periodMillis;
  private final CountDownLatch end = new CountDownLatch(1);
  private final Thread thread = new Thread(this, "registry-server-watchdog");

  Watchdog(Calls calls, ServerLimits limits) {
    this.calls = calls;
    long shortest = Math.min(limits.headerTimeout().toMillis(), limits.patience().toMillis());
    this.periodMillis = Math.max(MIN_PERIOD_MILLIS, Math.min(MAX_PERIOD_MILLIS, shortest / 10));
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  @Override
  public void run() {
    try {
      while (!end.await(periodMillis, TimeUnit.MILLISECONDS)) {
        calls.cutLate(System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void stop() throws InterruptedException {
    end.countDown();
    thread.join();
  }
}
