package io.registrykit.spi.store;

/**
 * How much a store holds. Immutable.
 *
 * @param blobs the number of blobs
 * @param blobBytes their bytes, each blob counted once
 * @param uploads the number of open uploads
 * @param uploadBytes the bytes that open uploads hold
 */
public record StoreUsage(long blobs, long blobBytes, long uploads, long uploadBytes) {}
