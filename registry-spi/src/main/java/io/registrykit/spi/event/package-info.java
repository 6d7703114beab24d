/** The port for those who want to hear what happened in a registry. */
@NullMarked
package io.registrykit.spi.event;

import org.jspecify.annotations.NullMarked;
