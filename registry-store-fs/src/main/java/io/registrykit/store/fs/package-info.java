/** A store that keeps everything in a folder and survives crashes. */
@NullMarked
package io.registrykit.store.fs;

import org.jspecify.annotations.NullMarked;
