/**
 * Serves a registry over HTTP with the server that comes with the JDK. {@link
 * io.registrykit.server.jdk.RegistryServer} is where to start; the rest of this package keeps that
 * server's traps away from the engine and slow peers away from fast ones.
 */
@NullMarked
package io.registrykit.server.jdk;

import org.jspecify.annotations.NullMarked;
