/** The bytes of the rows that files of the store are made of. */
@NullMarked
package io.registrykit.store.fs.internal.codec;

import org.jspecify.annotations.NullMarked;
