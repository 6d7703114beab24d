/** A store that keeps everything on the heap. */
@NullMarked
package io.registrykit.store.memory;

import org.jspecify.annotations.NullMarked;
