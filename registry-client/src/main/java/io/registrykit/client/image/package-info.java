/**
 * Images as values, and the parts to build them from: layers, configurations, manifests and
 * indexes.
 */
@NullMarked
package io.registrykit.client.image;

import org.jspecify.annotations.NullMarked;
