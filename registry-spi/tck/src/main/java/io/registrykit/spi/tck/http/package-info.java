/**
 * The contract of a registry as a client sees it over HTTP: {@link
 * io.registrykit.spi.tck.http.DistributionContract} tests any registry that has an address.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md">OCI
 *     distribution-spec</a>
 */
@NullMarked
package io.registrykit.spi.tck.http;

import org.jspecify.annotations.NullMarked;
