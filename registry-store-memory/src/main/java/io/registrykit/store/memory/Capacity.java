package io.registrykit.store.memory;

import io.registrykit.error.LimitException;
import java.util.concurrent.atomic.AtomicLong;

/** The bytes that may still be stored. Thread-safe. */
final class Capacity {
  private final long limit;
  private final AtomicLong used = new AtomicLong();

  Capacity(long limit) {
    this.limit = limit;
  }

  /**
   * Takes room for bytes.
   *
   * @throws LimitException if there is not enough; then none is taken
   */
  void reserve(long bytes) {
    long before = used.get();
    while (true) {
      if (bytes > limit - before) {
        throw LimitException.full("memory store takes at most " + limit + " bytes");
      }
      long seen = used.compareAndExchange(before, before + bytes);
      if (seen == before) {
        return;
      }
      before = seen;
    }
  }

  /** Gives back what was reserved. */
  void release(long bytes) {
    used.addAndGet(-bytes);
  }
}
