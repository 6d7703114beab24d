package io.registrykit.spi.tck;

import io.registrykit.spi.store.RegistryStore;
import io.registrykit.spi.store.StoreFeature;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the contract opens a store, and what the store promises. Immutable; each method that sets
 * something returns a new harness.
 */
public final class StoreHarness {
  private final Opener opener;
  private final boolean reopenable;
  private final Set<StoreFeature> features;
  private final Clock clock;
  private final @Nullable CappedOpener cappedOpener;

  private StoreHarness(
      Opener opener,
      boolean reopenable,
      Set<StoreFeature> features,
      Clock clock,
      @Nullable CappedOpener cappedOpener) {
    this.opener = opener;
    this.reopenable = reopenable;
    this.features = Set.copyOf(features);
    this.clock = clock;
    this.cappedOpener = cappedOpener;
  }

  /** Opens a store. */
  @FunctionalInterface
  public interface Opener {
    /**
     * Opens the store: an empty one at the first call; at later calls, if it is {@linkplain
     * StoreHarness#reopenable reopenable}, the same one as before.
     *
     * @return an open store, which the contract closes
     * @throws IOException if the store cannot be opened
     */
    RegistryStore open() throws IOException;
  }

  /** Opens a small store. */
  @FunctionalInterface
  public interface CappedOpener {
    /**
     * Opens an empty store that takes so many bytes.
     *
     * @param bytes the most bytes that blobs, uploads and manifests take together
     * @return an open store, which the contract closes
     * @throws IOException if the store cannot be opened
     */
    RegistryStore open(long bytes) throws IOException;
  }

  /**
   * A harness for a store that forgets everything when it is closed and promises nothing.
   *
   * @param opener opens the store
   * @return the harness
   */
  public static StoreHarness of(Opener opener) {
    return new StoreHarness(opener, false, Set.of(), Clock.systemUTC(), null);
  }

  /**
   * The same for a store that, closed and opened again, has what it had.
   *
   * @return a new harness
   */
  public StoreHarness reopenable() {
    return new StoreHarness(opener, true, features, clock, cappedOpener);
  }

  /**
   * The same for a store that promises features.
   *
   * @param promised all that {@link RegistryStore#features()} says
   * @return a new harness
   */
  public StoreHarness features(StoreFeature... promised) {
    return new StoreHarness(opener, reopenable, Set.of(promised), clock, cappedOpener);
  }

  /**
   * The same for a store that reads another clock than the system's.
   *
   * @param storeClock the clock by which the store dates the commit of a blob; it goes on by itself
   * @return a new harness
   */
  public StoreHarness clock(Clock storeClock) {
    return new StoreHarness(opener, reopenable, features, storeClock, cappedOpener);
  }

  /**
   * The same for a store that can be given a cap, so that the laws of a full store can be tested.
   *
   * @param smallStore opens a small store
   * @return a new harness
   */
  public StoreHarness capped(CappedOpener smallStore) {
    return new StoreHarness(opener, reopenable, features, clock, smallStore);
  }

  RegistryStore open() throws IOException {
    return opener.open();
  }

  RegistryStore reopen(RegistryStore store) throws IOException {
    store.close();
    return opener.open();
  }

  boolean isReopenable() {
    return reopenable;
  }

  Set<StoreFeature> features() {
    return features;
  }

  Clock clock() {
    return clock;
  }

  Optional<CappedOpener> cappedOpener() {
    return Optional.ofNullable(cappedOpener);
  }
}
