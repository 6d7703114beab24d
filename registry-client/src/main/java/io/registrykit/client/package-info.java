/**
 * Talks to registries: this project's own and every other that speaks the OCI distribution
 * protocol.
 *
 * <p>A {@link io.registrykit.client.RegistryClient} owns connections, credentials and limits; it
 * hands out {@link io.registrykit.client.RemoteRegistry} and {@link
 * io.registrykit.client.RemoteRepository}, which are a {@link io.registrykit.Registry} and a {@link
 * io.registrykit.Repository} like the embedded ones.
 */
@NullMarked
package io.registrykit.client;

import org.jspecify.annotations.NullMarked;
