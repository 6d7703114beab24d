/**
 * What can go wrong, in the words of the OCI distribution specification.
 *
 * <p>The kinds of {@link io.registrykit.error.RegistryException} say what a caller can do about it,
 * the {@link io.registrykit.error.ErrorCode} says precisely what happened. The embedded registry
 * and the client throw the same classes.
 */
@NullMarked
package io.registrykit.error;

import org.jspecify.annotations.NullMarked;
