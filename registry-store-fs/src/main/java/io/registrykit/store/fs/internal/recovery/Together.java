package io.registrykit.store.fs.internal.recovery;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Waits for a disk several times at once, for it takes many syncs in little more time than one.
 * Thread-safe.
 */
final class Together implements AutoCloseable {
  private final int threads;
  private final ExecutorService workers;

  /** Something done with each. */
  interface Work<T> {
    void on(T item) throws IOException;
  }

  Together(int threads) {
    this.threads = threads;
    this.workers =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "registrykit-sync");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Does the work with each item; the first failure is thrown when all are done. */
  <T> void each(Collection<T> items, Work<? super T> work) throws IOException {
    if (threads == 1 || items.size() < 2) {
      for (T item : items) {
        work.on(item);
      }
      return;
    }
    Iterator<T> rest = items.iterator();
    ReentrantLock lock = new ReentrantLock();
    Callable<Void> worker =
        () -> {
          while (true) {
            T item;
            lock.lock();
            try {
              if (!rest.hasNext()) {
                return null;
              }
              item = rest.next();
            } finally {
              lock.unlock();
            }
            work.on(item);
          }
        };
    List<Callable<Void>> all = new ArrayList<>();
    for (int i = 0; i < Math.min(threads, items.size()); i++) {
      all.add(worker);
    }
    finish(all);
  }

  private void finish(List<Callable<Void>> all) throws IOException {
    try {
      for (Future<Void> done : workers.invokeAll(all)) {
        done.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the disk worked", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IOException(e.getCause());
    }
  }

  @Override
  public void close() {
    workers.shutdown();
  }
}
