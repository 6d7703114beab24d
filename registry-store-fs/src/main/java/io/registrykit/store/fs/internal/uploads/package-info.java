/** Blobs that are not whole yet. */
@NullMarked
package io.registrykit.store.fs.internal.uploads;

import org.jspecify.annotations.NullMarked;
