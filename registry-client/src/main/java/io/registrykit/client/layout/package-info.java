/** Repositories that are files: the OCI image layout. */
@NullMarked
package io.registrykit.client.layout;

import org.jspecify.annotations.NullMarked;
