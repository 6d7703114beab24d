package io.registrykit.examples.standalone;

import io.registrykit.CopyListener;
import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Shows how many bytes a copy has moved. Safe for use by any number of threads. */
final class CopyProgress implements CopyListener {
  private final ReentrantLock lock = new ReentrantLock();
  private final Progress progress;

  /** Blobs on their way; as few as move at once. */
  private final Map<Digest, Long> moving = new HashMap<>();

  private long all;
  private long done;
  private long blobs;
  private long images;

  CopyProgress(Progress progress) {
    this.progress = progress;
  }

  @Override
  public void onGraph(int count, long bytes) {
    change(() -> all += bytes);
  }

  @Override
  public void onBlob(Digest digest, long bytes, long total) {
    change(
        () -> {
          Long before = bytes == total ? moving.remove(digest) : moving.put(digest, bytes);
          done += bytes - (before == null ? 0 : before);
          blobs += bytes == total ? 1 : 0;
        });
  }

  @Override
  public void onImage(RepositoryName repository, Digest manifest, Set<Tag> tags) {
    change(() -> images++);
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      progress.at(done, all, "%,d blobs, %,d images".formatted(blobs, images));
    } finally {
      lock.unlock();
    }
  }
}
