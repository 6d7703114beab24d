/** One small object for each group of calls of the protocol. */
@NullMarked
package io.registrykit.client.internal.endpoint;

import org.jspecify.annotations.NullMarked;
