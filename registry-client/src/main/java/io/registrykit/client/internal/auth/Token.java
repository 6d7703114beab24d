package io.registrykit.client.internal.auth;

import org.jspecify.annotations.Nullable;

/**
 * What a token server gave. Immutable; {@code toString} shows no secret.
 *
 * @param value the access token
 * @param expires when it stops to be used, as {@link System#nanoTime} has it
 * @param refreshToken a new refresh token, or null
 */
record Token(String value, long expires, @Nullable String refreshToken) {

  boolean isFresh() {
    return expires - System.nanoTime() > 0;
  }

  @Override
  public String toString() {
    return "Token[***]";
  }
}
