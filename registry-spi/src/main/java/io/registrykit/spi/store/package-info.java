/**
 * The two ports of a store. {@link io.registrykit.spi.store.BlobStore} keeps bytes under their
 * digests and knows no repository; {@link io.registrykit.spi.store.RepositoryStore} keeps names:
 * which repository has which blobs, manifests and tags.
 *
 * <p>The two meet in one law, <em>touch, then link</em>: whoever makes a blob known in a repository
 * first {@linkplain io.registrykit.spi.store.BlobStore#touch touches} it, and the collector only
 * deletes {@linkplain io.registrykit.spi.store.BlobStore#deleteIfUntouchedSince what nobody
 * touched} since before it looked. A push that loses this race fails aloud and can be repeated; it
 * never leaves a manifest that points to nothing.
 *
 * <p>Methods throw {@link java.io.IOException} when a disk or a network fails and {@link
 * io.registrykit.error.RegistryException} when a rule says no. The contract kit {@code
 * registry-spi-tck} holds a store to all of this.
 */
@NullMarked
package io.registrykit.spi.store;

import org.jspecify.annotations.NullMarked;
