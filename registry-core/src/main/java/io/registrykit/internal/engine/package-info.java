/**
 * The protocol: a table of routes, one class of operations for each resource, and the formats of
 * headers. Knows requests and responses as values, never a server.
 */
@NullMarked
package io.registrykit.internal.engine;

import org.jspecify.annotations.NullMarked;
