/** Requests that cost a server memory. */
@NullMarked
package io.registrykit.examples.torture.memory;

import org.jspecify.annotations.NullMarked;
