package io.registrykit.examples.standalone;

import io.registrykit.client.TransferListener;
import io.registrykit.model.Digest;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Shows how many bytes have moved, as a bar on a terminal and not at all elsewhere. Safe for use by
 * any number of threads.
 */
final class TransferProgress implements TransferListener, AutoCloseable {
  private static final int WIDTH = 30;

  private final ReentrantLock lock = new ReentrantLock();
  private final Progress line;
  private final Map<Digest, Event> blobs = new HashMap<>();

  TransferProgress(PrintWriter terminal) {
    this.line = new Progress(terminal);
  }

  @Override
  public void on(Event event) {
    lock.lock();
    try {
      blobs.put(event.digest(), event);
      line.show(text());
    } finally {
      lock.unlock();
    }
  }

  private String text() {
    long moved = 0;
    long total = 0;
    int done = 0;
    for (Event event : blobs.values()) {
      boolean ended =
          switch (event.phase()) {
            case EXISTED, MOUNTED, FINISHED -> true;
            case STARTED, MOVED, RESUMED, FAILED -> false;
          };
      done += ended ? 1 : 0;
      total += Math.max(event.total(), event.bytes());
      moved += ended ? Math.max(event.total(), 0) : event.bytes();
    }
    int filled = total <= 0 ? 0 : (int) Math.min(WIDTH, moved * WIDTH / total);
    return String.format(
        "[%s%s] %,d of %,d bytes, %d of %d blobs",
        "#".repeat(filled), " ".repeat(WIDTH - filled), moved, total, done, blobs.size());
  }

  @Override
  public void close() {
    lock.lock();
    try {
      line.close();
    } finally {
      lock.unlock();
    }
  }
}
