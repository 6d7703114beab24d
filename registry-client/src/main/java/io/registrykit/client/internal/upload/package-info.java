/** The upload of a blob as a state machine that survives lost replies. */
@NullMarked
package io.registrykit.client.internal.upload;

import org.jspecify.annotations.NullMarked;
