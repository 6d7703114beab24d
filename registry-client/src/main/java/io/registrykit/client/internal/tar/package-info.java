/** Tar files as they are: an index of the entries of one, and a new one that grows. */
@NullMarked
package io.registrykit.client.internal.tar;

import org.jspecify.annotations.NullMarked;
