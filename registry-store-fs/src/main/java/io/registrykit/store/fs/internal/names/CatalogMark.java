package io.registrykit.store.fs.internal.names;

/**
 * How far the file of the catalog went when a checkpoint was made. Immutable.
 *
 * @param edition how often it was written anew
 * @param bytes how many of its bytes were whole
 */
public record CatalogMark(long edition, long bytes) {

  /** That of a file which need not be there. */
  public static final CatalogMark NONE = new CatalogMark(0, 0);
}
