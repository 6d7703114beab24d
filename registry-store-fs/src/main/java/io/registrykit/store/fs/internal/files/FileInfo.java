package io.registrykit.store.fs.internal.files;

import java.time.Instant;

/**
 * What a directory says of one of its entries. Immutable.
 *
 * @param size the length in bytes
 * @param modifiedAt when it was last modified
 * @param directory whether it is a directory
 */
public record FileInfo(long size, Instant modifiedAt, boolean directory) {}
