/** Registries as processes of their own, which can be killed. */
@NullMarked
package io.registrykit.examples.torture.process;

import org.jspecify.annotations.NullMarked;
