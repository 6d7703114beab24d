/** Which file of the store lies where, and whose folder it is. */
@NullMarked
package io.registrykit.store.fs.internal.layout;

import org.jspecify.annotations.NullMarked;
