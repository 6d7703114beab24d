/** The steps of a collection. */
@NullMarked
package io.registrykit.internal.maintenance;

import org.jspecify.annotations.NullMarked;
