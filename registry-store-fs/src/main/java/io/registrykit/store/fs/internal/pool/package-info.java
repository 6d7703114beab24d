/** Blobs: every one once, under its digest. */
@NullMarked
package io.registrykit.store.fs.internal.pool;

import org.jspecify.annotations.NullMarked;
