/** How the times of a store grow with what is in it. */
@NullMarked
package io.registrykit.examples.torture.scale;

import org.jspecify.annotations.NullMarked;
