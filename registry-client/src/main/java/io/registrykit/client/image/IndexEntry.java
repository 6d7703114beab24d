package io.registrykit.client.image;

import io.registrykit.manifest.Platform;
import io.registrykit.model.Descriptor;

/**
 * An image of an index. Immutable.
 *
 * @param descriptor its manifest
 * @param platform what it runs on
 */
public record IndexEntry(Descriptor descriptor, Platform platform) {}
