/** Clients that are slow on purpose, and those who notice nothing of them. */
@NullMarked
package io.registrykit.examples.torture.slow;

import org.jspecify.annotations.NullMarked;
