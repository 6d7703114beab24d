package io.registrykit.spi.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Several callers who start at the same moment. Not safe for use by several threads at once. */
final class Crowd implements AutoCloseable {
  private static final int DEADLINE_SECONDS = 60;

  private final ExecutorService threads;

  Crowd(int size) {
    threads = Executors.newFixedThreadPool(size);
  }

  /** Runs all calls at once and waits for them; the first failure is thrown. */
  <T> List<T> run(List<? extends Callable<? extends T>> calls) throws Exception {
    CyclicBarrier start = new CyclicBarrier(calls.size());
    List<Future<T>> running = new ArrayList<>();
    for (Callable<? extends T> call : calls) {
      running.add(
          threads.submit(
              () -> {
                start.await(DEADLINE_SECONDS, TimeUnit.SECONDS);
                return call.call();
              }));
    }
    List<T> results = new ArrayList<>();
    for (Future<T> result : running) {
      results.add(result.get(DEADLINE_SECONDS, TimeUnit.SECONDS));
    }
    return results;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
