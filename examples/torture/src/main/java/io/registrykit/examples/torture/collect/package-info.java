/** Garbage collection against people who push. */
@NullMarked
package io.registrykit.examples.torture.collect;

import org.jspecify.annotations.NullMarked;
