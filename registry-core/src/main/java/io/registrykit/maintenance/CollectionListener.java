package io.registrykit.maintenance;

/** Hears how a collection goes on. Called on the thread of the collection. */
public interface CollectionListener {

  /**
   * Something was taken, or would be.
   *
   * @param finding what and why
   */
  default void onFinding(Finding finding) {}

  /**
   * The collection went on by a page.
   *
   * @param soFar what it did until now
   */
  default void onProgress(CollectionReport soFar) {}
}
