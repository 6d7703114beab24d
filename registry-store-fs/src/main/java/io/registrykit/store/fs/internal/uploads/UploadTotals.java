package io.registrykit.store.fs.internal.uploads;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes the open uploads have. Thread-safe. */
final class UploadTotals {
  private final AtomicLong bytes = new AtomicLong();

  void addBytes(long count) {
    bytes.addAndGet(count);
  }

  long bytes() {
    return bytes.get();
  }
}
