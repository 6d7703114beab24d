/** What accounts and rules are kept in, so that they outlive the process. */
@NullMarked
package io.registrykit.internal.auth.store;

import org.jspecify.annotations.NullMarked;
