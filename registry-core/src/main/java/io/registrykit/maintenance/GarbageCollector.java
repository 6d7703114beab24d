package io.registrykit.maintenance;

import io.registrykit.internal.embedded.StoreCall;
import io.registrykit.internal.maintenance.CollectionRun;
import io.registrykit.internal.maintenance.CollectionSettings;
import io.registrykit.internal.maintenance.Explainer;
import io.registrykit.model.Digest;
import io.registrykit.spi.event.EventSink;
import io.registrykit.spi.store.RegistryStore;
import java.time.Clock;
import java.time.Duration;

/**
 * Deletes what nobody needs any more, while people push and pull. Immutable, and safe for use by
 * any number of threads; two collections at once are safe, and no faster than one.
 *
 * <p>There is no lock and no pause. In each repository, blobs that no manifest names and that are
 * older than the grace leave it, on the condition that this is still so at the commit. Then blobs
 * that no repository has are deleted, unless somebody touched them since the start less the grace.
 * A push touches a blob before it links it, and a manifest requires its blobs in its own commit: a
 * push that loses the race is refused and can be repeated; it never points to nothing.
 *
 * <p>Memory: 16 bytes of each digest in tables that are filled between three eighths and three
 * quarters, 22 to 43 MB for a million blobs. Two digests that share these bytes are taken for one,
 * which keeps garbage and never deletes what is needed.
 */
public final class GarbageCollector {
  private final CollectionSettings settings;

  private GarbageCollector(CollectionSettings settings) {
    this.settings = settings;
  }

  /**
   * Starts a collector.
   *
   * @param store what to clean
   * @return a builder with a grace of a day that keeps all manifests
   */
  public static Builder builder(RegistryStore store) {
    return new Builder(store);
  }

  /**
   * Collects garbage.
   *
   * @return what was done
   * @throws io.registrykit.error.BackendException if the store fails; what was done stands
   */
  public CollectionReport collect() {
    return StoreCall.run(() -> new CollectionRun(settings, false).run());
  }

  /**
   * Looks for garbage and leaves it. The findings are at most too many: which blobs of the store
   * were touched within the grace, only the store knows.
   *
   * @return what {@link #collect} would do
   * @throws io.registrykit.error.BackendException if the store fails
   */
  public CollectionReport rehearse() {
    return StoreCall.run(() -> new CollectionRun(settings, true).run());
  }

  /**
   * Says why one object is kept or goes. Looks through all repositories.
   *
   * @param digest a manifest or blob
   * @return what holds it
   * @throws io.registrykit.error.BackendException if the store fails
   */
  public Explanation explain(Digest digest) {
    return StoreCall.run(() -> new Explainer(settings).explain(digest));
  }

  /** Collects what a collector needs. Not safe for use by several threads at once. */
  public static final class Builder {
    /** The shortest grace: far longer than a store takes from a touch to a link. */
    public static final Duration MIN_GRACE = Duration.ofMinutes(1);

    private final RegistryStore store;
    private Clock clock = Clock.systemUTC();
    private Duration grace = Duration.ofDays(1);
    private RetentionPolicy retention = RetentionPolicy.keepAll();
    private CollectionListener listener = new CollectionListener() {};
    private EventSink events = event -> {};
    private int maxObjectsPerSecond = Integer.MAX_VALUE;

    private Builder(RegistryStore store) {
      this.store = store;
    }

    /**
     * What tells the time; the system's clock unless told otherwise. It has to be that of the
     * registry.
     *
     * @param newClock the clock
     * @return this builder
     */
    public Builder clock(Clock newClock) {
      this.clock = newClock;
      return this;
    }

    /**
     * How long new and touched blobs are left alone; a day unless told otherwise. A client that
     * takes longer from its first blob to its manifest has to push blobs again, as has one that
     * looked at a blob before when the grace is below 13 hours.
     *
     * @param newGrace {@link #MIN_GRACE} or more
     * @return this builder
     * @throws IllegalArgumentException if it is shorter
     */
    public Builder grace(Duration newGrace) {
      if (newGrace.compareTo(MIN_GRACE) < 0) {
        throw new IllegalArgumentException("grace is shorter than " + MIN_GRACE);
      }
      this.grace = newGrace;
      return this;
    }

    /**
     * Which manifests go; none unless told otherwise.
     *
     * @param newRetention the policy
     * @return this builder
     */
    public Builder retention(RetentionPolicy newRetention) {
      this.retention = newRetention;
      return this;
    }

    /**
     * Who hears how it goes on; nobody unless told otherwise.
     *
     * @param newListener the listener
     * @return this builder
     */
    public Builder listener(CollectionListener newListener) {
      this.listener = newListener;
      return this;
    }

    /**
     * Who hears of deleted manifests; nobody unless told otherwise.
     *
     * @param sink gets an event after each commit that deletes a manifest
     * @return this builder
     */
    public Builder events(EventSink sink) {
      this.events = sink;
      return this;
    }

    /**
     * How fast to go; as fast as the store answers unless told otherwise.
     *
     * @param count the most manifests, links and blobs to look at in a second, 1 or more
     * @return this builder
     * @throws IllegalArgumentException if it is less
     */
    public Builder maxObjectsPerSecond(int count) {
      if (count < 1) {
        throw new IllegalArgumentException("maxObjectsPerSecond is below one");
      }
      this.maxObjectsPerSecond = count;
      return this;
    }

    /**
     * Builds the collector.
     *
     * @return a collector that does nothing until it is told to
     */
    public GarbageCollector build() {
      return new GarbageCollector(
          new CollectionSettings(
              store, clock, grace, retention, listener, events, maxObjectsPerSecond));
    }
  }
}
