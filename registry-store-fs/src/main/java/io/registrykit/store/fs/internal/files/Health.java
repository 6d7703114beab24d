package io.registrykit.store.fs.internal.files;

import io.registrykit.error.BackendException;
import io.registrykit.error.ErrorCode;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Whether the store is open, and whether it may still write. Thread-safe. */
public final class Health {
  private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
  private volatile boolean closed;

  /** Refuses everything from now on. */
  public void close() {
    closed = true;
  }

  /**
   * Refuses every write from now on: what is on disk is no longer known.
   *
   * @param cause what failed
   * @return the same
   */
  public IOException fail(IOException cause) {
    failure.compareAndSet(null, cause);
    return cause;
  }

  /** Throws when the store is closed. */
  public void ensureOpen() throws IOException {
    if (closed) {
      throw new IOException("file store is closed");
    }
  }

  /**
   * Throws when the store is closed or must not write any more.
   *
   * @throws BackendException if a write failed in a way that cannot be mended while the store is
   *     open
   */
  public void ensureWritable() throws IOException {
    ensureOpen();
    IOException cause = failure.get();
    if (cause != null) {
      throw new BackendException(
          ErrorCode.UNAVAILABLE,
          "the store is read-only until it is opened anew: " + cause.getMessage(),
          cause);
    }
  }

  /** Whether the store is closed. */
  public boolean closed() {
    return closed;
  }

  /** Whether the store refuses writes because one failed. */
  public boolean failed() {
    return failure.get() != null;
  }
}
