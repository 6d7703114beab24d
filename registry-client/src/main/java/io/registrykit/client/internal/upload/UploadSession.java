package io.registrykit.client.internal.upload;

import java.net.URI;

/**
 * An upload on the registry. Immutable.
 *
 * @param location where it goes on
 * @param offset how many bytes the registry has, as far as it said
 * @param minChunk the least bytes that a piece must have but for the last, zero when the registry
 *     does not say
 */
record UploadSession(URI location, long offset, long minChunk) {

  UploadSession at(long newOffset) {
    return new UploadSession(location, newOffset, minChunk);
  }

  UploadSession moved(URI newLocation) {
    return new UploadSession(newLocation, offset, minChunk);
  }
}
