package io.registrykit.store.fs;

/** Hears how a check or a scrub goes on. Called on the thread that runs it. */
@FunctionalInterface
public interface CheckListener {

  /**
   * Something is not as it should be.
   *
   * @param finding what, and whether it is in order now
   */
  void onFinding(Finding finding);

  /**
   * More bytes of blobs were read.
   *
   * @param bytes how many until now
   * @param allBytes how many the store has, as it counts; others may come and go meanwhile
   */
  default void onProgress(long bytes, long allBytes) {}
}
