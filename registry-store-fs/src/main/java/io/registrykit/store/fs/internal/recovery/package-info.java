/** What happens between the log and the files: checkpoints, and replay after a crash. */
@NullMarked
package io.registrykit.store.fs.internal.recovery;

import org.jspecify.annotations.NullMarked;
