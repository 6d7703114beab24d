package io.registrykit.spi.store;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/** Everything that a registry keeps. Implementations are safe for use by any number of threads. */
public interface RegistryStore extends AutoCloseable {

  /**
   * The bytes.
   *
   * @return the same port at every call
   */
  BlobStore blobs();

  /**
   * The names.
   *
   * @return the same port at every call
   */
  RepositoryStore repositories();

  /**
   * What this store promises beyond the ports.
   *
   * @return the features, possibly none
   */
  Set<StoreFeature> features();

  /**
   * Lets go of files and connections, without committing anything; once closed, every method of the
   * ports throws {@link java.io.IOException}. Closing twice is the same as once.
   *
   * @throws IOException if letting go fails
   */
  @Override
  void close() throws IOException;

  /**
   * Pairs two ports of different makers, such as an object store for bytes and a database for
   * names. Closing the pair closes nothing: whoever opened the parts closes them.
   *
   * @param blobs the bytes
   * @param repositories the names
   * @param features what the pair promises
   * @return the pair
   */
  static RegistryStore of(
      BlobStore blobs, RepositoryStore repositories, Set<StoreFeature> features) {
    Set<StoreFeature> copy =
        features.isEmpty() ? EnumSet.noneOf(StoreFeature.class) : EnumSet.copyOf(features);
    return new RegistryStore() {
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
        return Set.copyOf(copy);
      }

      @Override
      public void close() {}
    };
  }
}
