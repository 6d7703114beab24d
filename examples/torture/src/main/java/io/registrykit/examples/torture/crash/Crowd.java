package io.registrykit.examples.torture.crash;

import io.registrykit.examples.torture.oracle.Ledger;
import io.registrykit.examples.torture.wire.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** People who push, move, delete and mount for a time, on a server that nobody kills. */
public final class Crowd {
  private final List<Pusher> pushers = new ArrayList<>();

  /** A crowd. */
  public Crowd(int size, Ledger ledger, SplittableRandom random) {
    for (int i = 0; i < size; i++) {
      pushers.add(new Pusher(i, size, ledger, random.split()));
    }
  }

  /** Works, and returns when everybody has finished. */
  public void work(Wire wire, Duration time) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(pushers.size());
    long end = System.nanoTime() + time.toNanos();
    pushers.forEach(pusher -> threads.execute(() -> pusher.workUntil(wire, end)));
    threads.shutdown();
    if (!threads.awaitTermination(time.toMillis() + 120_000, TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("a pusher hangs");
    }
  }
}
