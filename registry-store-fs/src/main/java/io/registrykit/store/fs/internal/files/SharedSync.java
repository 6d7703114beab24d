package io.registrykit.store.fs.internal.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Syncs one directory for many callers: those that come during a sync share the next. Thread-safe.
 */
public final class SharedSync {
  private final Disk disk;
  private final Health health;
  private final Path directory;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition progress = lock.newCondition();
  private long wanted;
  private long done;
  private boolean running;
  private @Nullable IOException failure;

  /**
   * A shared sync.
   *
   * @param health told when the disk fails
   * @param directory the directory
   */
  public SharedSync(Disk disk, Health health, Path directory) {
    this.disk = disk;
    this.health = health;
    this.directory = directory;
  }

  /** Waits until every entry that is there now is on disk. */
  public void sync() throws IOException {
    if (!disk.durable()) {
      return;
    }
    lock.lock();
    try {
      long mine = ++wanted;
      while (done < mine) {
        if (failure != null) {
          throw new IOException(failure.getMessage(), failure);
        }
        if (running) {
          progress.awaitUninterruptibly();
        } else {
          run();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Called and left with the lock, which is free meanwhile. */
  private void run() {
    long covered = wanted;
    running = true;
    lock.unlock();
    IOException failed = null;
    try {
      disk.sync(directory);
    } catch (IOException e) {
      failed = health.fail(e);
    } finally {
      lock.lock();
      running = false;
      if (failed == null) {
        done = covered;
      } else {
        failure = failed;
      }
      progress.signalAll();
    }
  }
}
