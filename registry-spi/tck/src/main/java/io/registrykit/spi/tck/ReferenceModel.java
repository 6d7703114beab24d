package io.registrykit.spi.tck;

import io.registrykit.error.LimitException;
import io.registrykit.spi.store.BlobStore;
import io.registrykit.spi.store.RegistryStore;
import io.registrykit.spi.store.RepositoryStore;
import io.registrykit.spi.store.StoreFeature;
import java.io.IOException;
import java.time.Clock;
import java.util.Set;

/**
 * The truth that stores are compared with: the ports over plain maps, as plainly as can be, at any
 * cost. Safe for use by any number of threads, one at a time.
 */
final class ReferenceModel implements RegistryStore {
  private final ModelBlobs blobs;
  private final ModelRepositories repositories;
  private final long capacity;
  private volatile boolean closed;

  private ReferenceModel(Clock clock, long capacity) {
    this.capacity = capacity;
    blobs = new ModelBlobs(this, clock);
    repositories = new ModelRepositories(this);
  }

  static ReferenceModel create() {
    return withClock(Clock.systemUTC());
  }

  static ReferenceModel withClock(Clock clock) {
    return new ReferenceModel(clock, Long.MAX_VALUE);
  }

  static ReferenceModel withCapacity(long bytes) {
    return new ReferenceModel(Clock.systemUTC(), bytes);
  }

  @Override
  public BlobStore blobs() {
    return blobs;
  }

  @Override
  public RepositoryStore repositories() {
    return repositories;
  }

  @Override
  public Set<StoreFeature> features() {
    return Set.of(StoreFeature.ATOMIC_TAGS);
  }

  /** Does what the end of the process does to a store whose uploads do not survive it. */
  void forgetUploads() {
    blobs.forgetUploads();
  }

  /** Refuses bytes that come to those that are here, when they are too many together. */
  void ensureRoom(long more) {
    if (more > capacity - blobs.bytes() - repositories.bytes()) {
      throw LimitException.full("full");
    }
  }

  void ensureOpen() throws IOException {
    if (closed) {
      throw new IOException("closed");
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
