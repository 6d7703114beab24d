package io.registrykit.store.fs.internal.log;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Keeps what an entry of the log says and what memory and files have together: whoever appends
 * stays inside until both agree, and a checkpoint starts when nobody is inside. Thread-safe.
 */
public final class WriteGate {
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private volatile Unsynced unsynced = new Unsynced();

  /**
   * Something done inside.
   *
   * @param <T> what it comes to
   */
  public interface Work<T> {
    /** Does it. */
    T run() throws IOException;
  }

  /** Appends and makes it true. */
  public <T> T write(Work<T> work) throws IOException {
    lock.readLock().lock();
    try {
      return work.run();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Does something while nobody is inside. */
  public <T> T alone(Work<T> work) throws IOException {
    lock.writeLock().lock();
    try {
      return work.run();
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** What was written since the last checkpoint started. */
  public Unsynced unsynced() {
    return unsynced;
  }

  /** Starts afresh; called alone. */
  public Unsynced takeUnsynced() {
    Unsynced before = unsynced;
    unsynced = new Unsynced();
    return before;
  }
}
