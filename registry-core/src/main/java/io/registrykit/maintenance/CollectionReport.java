package io.registrykit.maintenance;

/**
 * What a collection did, or would do. Immutable.
 *
 * @param repositories how many repositories were looked through
 * @param manifestsSeen how many manifests were looked at
 * @param blobsSeen how many blobs of the store were looked at
 * @param deletedManifests how many manifests went
 * @param unlinkedBlobs how many blobs left a repository
 * @param deletedBlobs how many blobs were deleted
 * @param deletedBytes their bytes
 * @param complete false when it was interrupted: what it did until then stands
 */
public record CollectionReport(
    long repositories,
    long manifestsSeen,
    long blobsSeen,
    long deletedManifests,
    long unlinkedBlobs,
    long deletedBlobs,
    long deletedBytes,
    boolean complete) {}
