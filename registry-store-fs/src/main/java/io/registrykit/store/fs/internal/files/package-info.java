/** The calls to a file system, and what they say when they fail. */
@NullMarked
package io.registrykit.store.fs.internal.files;

import org.jspecify.annotations.NullMarked;
