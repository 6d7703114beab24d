/** Processes that are killed and disks that lose power. */
@NullMarked
package io.registrykit.examples.torture.crash;

import org.jspecify.annotations.NullMarked;
