package io.registrykit.client.internal.http;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Says who asks. Safe for use by any number of threads. */
public interface Authorization {

  /**
   * The header for a request, as far as the registry's wishes are known.
   *
   * @param scopes what the request needs
   * @param limits the call that the request belongs to
   * @return the value of {@code Authorization}, or empty for none
   * @throws IOException if the token server fails
   * @throws io.registrykit.error.AccessException if the token server refuses
   */
  Optional<String> header(Scopes scopes, CallLimits limits) throws IOException;

  /**
   * Learns from a refusal.
   *
   * @param challenges the values of {@code WWW-Authenticate}
   * @param scopes what the request needed
   * @param sent the header that was refused, or empty
   * @return whether {@link #header} has something else to show now
   */
  boolean challenged(List<String> challenges, Scopes scopes, Optional<String> sent);
}
