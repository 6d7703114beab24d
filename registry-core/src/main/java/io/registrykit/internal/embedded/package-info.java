/** The rules of push, pull and delete, over the two ports of a store. */
@NullMarked
package io.registrykit.internal.embedded;

import org.jspecify.annotations.NullMarked;
