package io.registrykit.store.fs;

import io.registrykit.model.RepositoryName;

/**
 * How much a repository holds. Immutable.
 *
 * @param repository its name
 * @param blobs how many blobs it has
 * @param uniqueBytes the bytes of blobs that no other repository has: what a collector frees when
 *     the repository is deleted
 * @param sharedBytes the bytes of blobs that others have too
 * @param manifests how many manifests it has
 * @param manifestBytes their bytes, which go with the repository
 */
public record RepositoryUsage(
    RepositoryName repository,
    long blobs,
    long uniqueBytes,
    long sharedBytes,
    long manifests,
    long manifestBytes) {

  /**
   * What deleting the repository frees in the end.
   *
   * @return bytes
   */
  public long freedIfDeleted() {
    return uniqueBytes + manifestBytes;
  }
}
