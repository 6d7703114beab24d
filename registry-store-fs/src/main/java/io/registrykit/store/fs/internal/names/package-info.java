/** Repositories: their rows in memory, their files, and commits. */
@NullMarked
package io.registrykit.store.fs.internal.names;

import org.jspecify.annotations.NullMarked;
