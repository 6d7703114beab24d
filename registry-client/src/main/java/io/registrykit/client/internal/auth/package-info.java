/** Who the client is: challenges, tokens, and to which hosts a secret may go. */
@NullMarked
package io.registrykit.client.internal.auth;

import org.jspecify.annotations.NullMarked;
