package io.registrykit.store.fs;

import io.registrykit.model.RepositoryName;
import io.registrykit.spi.store.BlobStore;
import io.registrykit.spi.store.RegistryStore;
import io.registrykit.spi.store.RepositoryStore;
import io.registrykit.spi.store.StoreFeature;
import io.registrykit.store.fs.internal.check.UsageCount;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A store in a folder of any file system. Safe for use by any number of threads; one store at a
 * time has the folder open.
 *
 * <p>A write returns when it is on disk, as far as its {@link Durability} promises; it goes to a
 * log first, and opening after a crash redoes the end of that log. What a read costs does not grow
 * with what is stored.
 */
public final class FileStore implements RegistryStore {

  /** How many uploads may be open unless a store is told otherwise. */
  public static final int DEFAULT_MAX_UPLOADS = 10_000;

  private final Engine engine;
  private final Set<StoreFeature> features;

  private FileStore(Engine engine, Durability durability) {
    this.engine = engine;
    EnumSet<StoreFeature> promised =
        EnumSet.of(StoreFeature.RESUMABLE_UPLOADS, StoreFeature.ATOMIC_TAGS);
    if (durability == Durability.FULL) {
      promised.add(StoreFeature.DURABLE);
    }
    this.features = Set.copyOf(promised);
  }

  /**
   * Opens a store with the defaults; makes it when the folder is empty or absent.
   *
   * @param root the folder
   * @return the store, which the caller closes
   * @throws IOException if the disk fails, somebody else has the folder open, or it belongs to
   *     something else or to a newer version
   */
  public static FileStore open(Path root) throws IOException {
    return at(root).open();
  }

  /**
   * Starts to describe a store.
   *
   * @param root the folder
   * @return a builder with the defaults
   */
  public static Builder at(Path root) {
    return new Builder(root);
  }

  @Override
  public BlobStore blobs() {
    return engine.blobs();
  }

  @Override
  public RepositoryStore repositories() {
    return engine.repositories();
  }

  @Override
  public Set<StoreFeature> features() {
    return features;
  }

  /**
   * Checks a store that nobody has open: reads every blob and manifest, and compares what the parts
   * of the store say of each other.
   *
   * @param root its folder
   * @param repair whether to mend what can be mended; nothing that is intact is ever lost by it
   * @param listener told of each finding at once, and how far the reading is
   * @return what it came to
   * @throws IOException if the disk fails, somebody has the folder open, it is no store, or its log
   *     lacks something that was acknowledged and nothing is to be mended
   */
  public static CheckReport check(Path root, boolean repair, CheckListener listener)
      throws IOException {
    try (FileStore store = at(root).open(repair)) {
      return store.engine.check(repair, listener);
    }
  }

  /**
   * Reads every blob again while the store is in use, and takes those out that are damaged: they
   * move to the folder {@code quarantine}, and count as missing until they are pushed anew.
   *
   * @param bytesPerSecond how fast to read, one or more
   * @param listener told of each damaged blob at once, and how far the reading is
   * @return what it came to
   * @throws IOException if the store fails, or the thread is interrupted
   */
  public ScrubReport scrub(long bytesPerSecond, CheckListener listener) throws IOException {
    return engine.scrub(bytesPerSecond, listener);
  }

  /**
   * Counts what a repository holds, and what of it nobody else does; takes a look at every
   * repository.
   *
   * @param repository its name
   * @return exact figures, unless somebody pushes meanwhile; zeros when it does not exist
   * @throws IOException if the store fails
   */
  public RepositoryUsage usage(RepositoryName repository) throws IOException {
    return new UsageCount(engine.repositories()).of(repository);
  }

  /**
   * Counts what each repository holds, and what of it nobody else does. Faster than one after the
   * other, as every repository is read twice and no more, and takes some 32 bytes of memory for
   * each blob.
   *
   * @param found told of each repository by the calling thread, in the order of their names
   * @throws IOException if the store fails
   */
  public void usageOfAll(Consumer<? super RepositoryUsage> found) throws IOException {
    new UsageCount(engine.repositories()).ofAll(found);
  }

  /**
   * Brings everything into its place, so that the next opening has nothing to redo. It happens by
   * itself in the background; tests and backups may want it at once.
   *
   * @throws IOException if the disk fails
   */
  public void checkpoint() throws IOException {
    engine.checkpoint();
  }

  @Override
  public void close() throws IOException {
    engine.close();
  }

  /** Describes a store. Not safe for use by several threads at once. */
  public static final class Builder {
    private final Path root;
    private Durability durability = Durability.FULL;
    private int maxUploads = DEFAULT_MAX_UPLOADS;
    private long cacheBytes = Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 4);
    private Clock clock = Clock.systemUTC();

    private Builder(Path root) {
      this.root = root;
    }

    /**
     * Sets what an acknowledged write survives.
     *
     * @param durability the promise; {@link Durability#FULL} unless set
     * @return this builder
     */
    public Builder durability(Durability durability) {
      this.durability = durability;
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
     * Sets about how much memory the store may use to answer without a look at the disk.
     *
     * @param bytes one MiB or more; a quarter of the heap, but at most 64 MiB, unless set
     * @return this builder
     * @throws IllegalArgumentException if it is below one MiB
     */
    public Builder cacheBytes(long bytes) {
      if (bytes < 1 << 20) {
        throw new IllegalArgumentException("cacheBytes is below one MiB");
      }
      cacheBytes = bytes;
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
     * Opens the store; makes it when the folder is empty or absent.
     *
     * @return the store, which the caller closes
     * @throws IOException if the disk fails, somebody else has the folder open, or it belongs to
     *     something else or to a newer version
     */
    public FileStore open() throws IOException {
      return open(false);
    }

    private FileStore open(boolean withoutLost) throws IOException {
      return new FileStore(
          Engine.open(
              root, new Engine.Options(durability, maxUploads, cacheBytes, clock, withoutLost)),
          durability);
    }
  }
}
