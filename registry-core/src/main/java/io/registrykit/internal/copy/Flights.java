package io.registrykit.internal.copy;

import io.registrykit.Repository;
import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Lets one thread bring a blob to a repository while the others that want the same wait, and then
 * find it there; so copies that run at once send it once. Holds one entry for each blob under way.
 * Safe for use by any number of threads.
 */
public final class Flights {
  private static final long STEP_MILLIS = 200;

  private final ConcurrentMap<Spot, CountDownLatch> running = new ConcurrentHashMap<>();

  /** The right to bring a blob. */
  @FunctionalInterface
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Waits until nobody else brings the blob, and takes the place.
   *
   * @param stopped ends the wait; the place is then nobody's and gives nothing up
   */
  Place enter(Repository destination, Digest digest, BooleanSupplier stopped)
      throws InterruptedException {
    Spot spot = new Spot(destination, digest);
    CountDownLatch mine = new CountDownLatch(1);
    CountDownLatch other = running.putIfAbsent(spot, mine);
    while (other != null) {
      while (!other.await(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
        if (stopped.getAsBoolean()) {
          return () -> {};
        }
      }
      other = running.putIfAbsent(spot, mine);
    }
    return () -> {
      running.remove(spot, mine);
      mine.countDown();
    };
  }

  /** A blob in a repository, which several objects may stand for. */
  private static final class Spot {
    private final Repository repository;
    private final RepositoryName name;
    private final Digest digest;

    Spot(Repository repository, Digest digest) {
      this.repository = repository;
      this.name = repository.name();
      this.digest = digest;
    }

    @Override
    public boolean equals(Object object) {
      return object instanceof Spot that
          && digest.equals(that.digest)
          && name.equals(that.name)
          && isSame(that.repository);
    }

    @SuppressWarnings("ReferenceEquality") // a repository that is beside no other is one object
    private boolean isSame(Repository other) {
      return repository == other || repository.isBeside(other);
    }

    @Override
    public int hashCode() {
      return 31 * name.hashCode() + digest.hashCode();
    }
  }
}
