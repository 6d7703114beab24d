/** Where the client finds passwords and tokens. */
@NullMarked
package io.registrykit.client.credentials;

import org.jspecify.annotations.NullMarked;
