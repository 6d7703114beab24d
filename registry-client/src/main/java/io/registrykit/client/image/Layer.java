package io.registrykit.client.image;

import io.registrykit.model.Digest;
import io.registrykit.model.MediaType;
import io.registrykit.spi.store.BlobContent;

/**
 * A layer to put into an image. Immutable.
 *
 * @param content the compressed bytes, which can be read again
 * @param mediaType their type
 * @param diffId the digest of the tar archive without compression
 * @param createdBy what made it, for the history of the image
 */
public record Layer(BlobContent content, MediaType mediaType, Digest diffId, String createdBy) {}
