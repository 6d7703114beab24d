package io.registrykit.store.memory;

import io.registrykit.spi.store.BlobStore;
import io.registrykit.spi.store.RegistryStore;
import io.registrykit.spi.store.RepositoryStore;
import io.registrykit.spi.store.StoreFeature;
import java.time.Clock;
import java.util.Set;

/**
 * A store that keeps everything on the heap, up to a cap, and forgets it at {@link #close}. Safe
 * for use by any number of threads.
 *
 * <p>It is the reference for every other store: what it does is what the contract says. Bytes lie
 * in chunks that are written once and read in place.
 */
public final class MemoryStore implements RegistryStore {

  /** The cap that a store has unless it is told another, in bytes. */
  public static final long DEFAULT_CAPACITY = 256L * 1024 * 1024;

  /** How many uploads may be open unless a store is told otherwise. */
  public static final int DEFAULT_MAX_UPLOADS = 1_000;

  private final Lifecycle lifecycle = new Lifecycle("memory store");
  private final MemoryBlobs blobs;
  private final MemoryRepositories repositories;

  private MemoryStore(Builder builder) {
    Capacity capacity = new Capacity(builder.capacity);
    blobs = new MemoryBlobs(lifecycle, capacity, builder.maxUploads, builder.clock);
    repositories = new MemoryRepositories(lifecycle, capacity);
  }

  /**
   * An empty store with the default cap.
   *
   * @return the store
   */
  public static MemoryStore create() {
    return builder().build();
  }

  /**
   * An empty store with a cap of its own.
   *
   * @param bytes the most bytes that blobs, uploads, manifests and waiting events take together,
   *     zero or more
   * @return the store
   * @throws IllegalArgumentException if the cap is negative
   */
  public static MemoryStore withCapacity(long bytes) {
    return builder().capacity(bytes).build();
  }

  /**
   * Starts to describe a store.
   *
   * @return a builder with the defaults
   */
  public static Builder builder() {
    return new Builder();
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

  @Override
  public void close() {
    lifecycle.close();
    blobs.clear();
    repositories.clear();
  }

  /** Describes a store. Not safe for use by several threads at once. */
  public static final class Builder {
    private long capacity = DEFAULT_CAPACITY;
    private int maxUploads = DEFAULT_MAX_UPLOADS;
    private Clock clock = Clock.systemUTC();

    private Builder() {}

    /**
     * Sets the cap, over which a write is refused and leaves nothing behind.
     *
     * @param bytes the most bytes that blobs, uploads, manifests and waiting events take together,
     *     zero or more; {@link #DEFAULT_CAPACITY} unless set
     * @return this builder
     * @throws IllegalArgumentException if the cap is negative
     */
    public Builder capacity(long bytes) {
      if (bytes < 0) {
        throw new IllegalArgumentException("capacity is negative");
      }
      capacity = bytes;
      return this;
    }

    /**
     * Sets how many uploads may be open.
     *
     * @param count one or more; {@link #DEFAULT_MAX_UPLOADS} unless set
     * @return this builder
     * @throws IllegalArgumentException if the count is below one
     */
    public Builder maxUploads(int count) {
      if (count < 1) {
        throw new IllegalArgumentException("maxUploads is below one");
      }
      maxUploads = count;
      return this;
    }

    /**
     * Sets what tells the time at which blobs are committed.
     *
     * @param clock the clock; the system's unless set
     * @return this builder
     */
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /**
     * Makes the store.
     *
     * @return an empty store
     */
    public MemoryStore build() {
      return new MemoryStore(this);
    }
  }
}
