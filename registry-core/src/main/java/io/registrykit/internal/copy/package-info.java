/** The steps of a copy: read the graph, move the blobs, say which side failed. */
@NullMarked
package io.registrykit.internal.copy;

import org.jspecify.annotations.NullMarked;
