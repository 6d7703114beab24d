package io.registrykit.auth;

import io.registrykit.spi.auth.Principal;

/**
 * That somebody signed in. Immutable.
 *
 * @param principal who
 * @param stamp what the sign-in rested on, for {@link Identities#stands}: no secret, and nothing
 *     from which one can be found
 */
public record SignIn(Principal principal, String stamp) {}
