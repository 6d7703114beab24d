/** The one log that every write goes through before anything else. */
@NullMarked
package io.registrykit.store.fs.internal.log;

import org.jspecify.annotations.NullMarked;
