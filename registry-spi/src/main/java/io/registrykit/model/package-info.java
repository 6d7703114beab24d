/**
 * The values of a registry: digests, names, tags, media types, descriptors and pages.
 *
 * <p>Every type here is immutable and safe for use by any number of threads. A value that exists is
 * valid: constructors and {@code parse} methods throw {@link java.lang.IllegalArgumentException} on
 * anything else, so no code behind them checks again. {@code toString} is the form on the wire.
 */
@NullMarked
package io.registrykit.model;

import org.jspecify.annotations.NullMarked;
