package io.registrykit.store.fs.internal.pool;

import java.util.concurrent.locks.ReentrantLock;

/** How many blobs there are and how many bytes they have. Thread-safe. */
public final class BlobCounters {
  private final ReentrantLock lock = new ReentrantLock();
  private Counts counts = new Counts(0, 0);

  /**
   * Both figures at one time. Immutable.
   *
   * @param blobs the number of blobs
   * @param bytes their bytes
   */
  public record Counts(long blobs, long bytes) {}

  /** A blob came or went. */
  public void add(long blobs, long bytes) {
    lock.lock();
    try {
      counts = new Counts(counts.blobs() + blobs, counts.bytes() + bytes);
    } finally {
      lock.unlock();
    }
  }

  /** Starts from what a checkpoint says. */
  public void set(Counts start) {
    lock.lock();
    try {
      counts = start;
    } finally {
      lock.unlock();
    }
  }

  /** The figures. */
  public Counts get() {
    lock.lock();
    try {
      return counts;
    } finally {
      lock.unlock();
    }
  }
}
