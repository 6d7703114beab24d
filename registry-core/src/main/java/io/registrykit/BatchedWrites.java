package io.registrykit;

/**
 * A registry or repository that writes one document for all of its images, and can wait with that
 * while many are pushed. Safe for use by any number of threads.
 */
public interface BatchedWrites {

  /**
   * Begins a batch. What is pushed can be read at once; somebody else may see it a little later,
   * and after a crash some of it is not listed, though its content is there.
   *
   * @return ends the batch; batches may lie in each other
   */
  Batch beginBatch();

  /** Many pushes in a row. Safe for use by any number of threads. */
  @FunctionalInterface
  interface Batch extends AutoCloseable {

    /**
     * Writes what is not written yet; called once.
     *
     * @throws io.registrykit.error.BackendException if it cannot be written
     */
    @Override
    void close();
  }

  /**
   * Begins a batch where there is such a thing.
   *
   * @param destination any registry or repository
   * @return ends the batch
   */
  static Batch begin(Object destination) {
    return destination instanceof BatchedWrites batched ? batched.beginBatch() : () -> {};
  }
}
