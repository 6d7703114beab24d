/**
 * The protocol engine, and the boundary between it and a server: a request goes in as a value, a
 * response comes out as a value. An adapter for another server is a translation of these and
 * nothing else.
 */
@NullMarked
package io.registrykit.api;

import org.jspecify.annotations.NullMarked;
