/** Requests as they are on the wire, and what the runs push. */
@NullMarked
package io.registrykit.examples.torture.wire;

import org.jspecify.annotations.NullMarked;
