/**
 * The nouns of a registry. A {@link io.registrykit.Registry} holds {@linkplain
 * io.registrykit.Repository repositories}; a program that knows these two does not see whether the
 * registry is {@linkplain io.registrykit.EmbeddedRegistry embedded} or far away.
 */
@NullMarked
package io.registrykit;

import org.jspecify.annotations.NullMarked;
