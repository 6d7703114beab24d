/** Looks at what is stored: whether it is whole, and how much it is. */
@NullMarked
package io.registrykit.store.fs.internal.check;

import org.jspecify.annotations.NullMarked;
