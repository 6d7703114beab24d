package io.registrykit.client.internal.tar;

/**
 * Where the content of an entry stands in a tar file. Immutable.
 *
 * @param offset the first byte, counted from the start of the file
 * @param size how many bytes there are
 */
public record Slice(long offset, long size) {}
