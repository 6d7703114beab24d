/**
 * The contract kit: {@link io.registrykit.spi.tck.RegistryStoreContract} holds a store to the laws
 * of its ports. Extend it, say how a store is opened, and run it with JUnit.
 *
 * <p>Each test names one law. A law that asks for a feature which the store does not promise is
 * skipped, and the report says so.
 */
@NullMarked
package io.registrykit.spi.tck;

import org.jspecify.annotations.NullMarked;
