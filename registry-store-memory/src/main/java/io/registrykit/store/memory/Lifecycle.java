package io.registrykit.store.memory;

import java.io.IOException;

/** Whether the store is open. Thread-safe. */
final class Lifecycle {
  private final String what;
  private volatile boolean closed;

  Lifecycle(String what) {
    this.what = what;
  }

  void close() {
    closed = true;
  }

  void ensureOpen() throws IOException {
    if (closed) {
      throw new IOException(what + " is closed");
    }
  }
}
