package io.registrykit.internal.engine;

import io.registrykit.api.ApiRequest;
import io.registrykit.error.AccessException;
import io.registrykit.spi.auth.Access;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * How callers are known and how they are turned away: one implementation for each way to sign in.
 * Safe for use by any number of threads.
 */
public interface AccessControl {

  /**
   * Finds out who calls. A request without credentials is a caller like every other, who may be
   * permitted nothing.
   *
   * @param request the request; its body is not read
   * @return the caller
   * @throws AccessException ({@code UNAUTHORIZED}) if the credentials are wrong or malformed
   * @throws IOException if the directory behind it cannot be asked
   */
  Caller identify(ApiRequest request) throws IOException;

  /**
   * The error for a caller who is permitted less than a request needs.
   *
   * @param caller who calls
   * @param needed what the request needs; none when it needs a caller who has signed in
   * @return {@code UNAUTHORIZED} when other credentials could help, else {@code DENIED}
   */
  AccessException refusal(Caller caller, Set<Access> needed);

  /**
   * The values of {@code WWW-Authenticate} for an answer with status 401.
   *
   * @param request the request
   * @param needed what the request needs
   * @return at least one challenge
   */
  List<String> challenges(ApiRequest request, Set<Access> needed);
}
