package io.registrykit.internal.copy;

import io.registrykit.CopyListener;
import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What one copy, of one image or of many, remembers: where at the destination each blob is by now,
 * so that it is sent once and mounted after that. Remembers the latest hundred thousand. Safe for
 * use by any number of threads.
 */
public final class CopySession {
  private static final int MAX_PLACES = 100_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final CopyListener listener;
  private final Map<Digest, RepositoryName> places =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Digest, RepositoryName> eldest) {
          return size() > MAX_PLACES;
        }
      };

  /**
   * A session.
   *
   * @param listener hears how it goes
   */
  public CopySession(CopyListener listener) {
    this.listener = listener;
  }

  CopyListener listener() {
    return listener;
  }

  /** The repository of the destination that got a blob last. */
  Optional<RepositoryName> placeOf(Digest digest) {
    lock.lock();
    try {
      return Optional.ofNullable(places.get(digest));
    } finally {
      lock.unlock();
    }
  }

  void placed(Digest digest, RepositoryName repository) {
    lock.lock();
    try {
      places.put(digest, repository);
    } finally {
      lock.unlock();
    }
  }
}
