package io.registrykit.spi.store;

/**
 * An open upload as it stands. Immutable.
 *
 * @param id its name
 * @param spec what was known when it started
 * @param size how many bytes are stored
 */
public record UploadStatus(UploadId id, UploadSpec spec, long size) {}
