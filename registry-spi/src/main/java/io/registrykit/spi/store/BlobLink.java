package io.registrykit.spi.store;

import io.registrykit.model.Digest;
import java.time.Instant;

/**
 * A blob in a repository. Immutable.
 *
 * @param digest the blob
 * @param size its length in bytes
 * @param linkedAt when it was last pushed, mounted or asked for by a push
 */
public record BlobLink(Digest digest, long size, Instant linkedAt) {}
