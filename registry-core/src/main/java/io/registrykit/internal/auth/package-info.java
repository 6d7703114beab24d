/** How sign-in and permission work inside. */
@NullMarked
package io.registrykit.internal.auth;

import org.jspecify.annotations.NullMarked;
