/**
 * The ports of sign-in and permission: values in, values out. A challenge header is the engine's
 * business, not a plug-in's.
 */
@NullMarked
package io.registrykit.spi.auth;

import org.jspecify.annotations.NullMarked;
