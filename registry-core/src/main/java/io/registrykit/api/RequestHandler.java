package io.registrykit.api;

/**
 * Answers requests: what a server adapter calls and {@link RegistryApi} implements. Safe for use by
 * any number of threads.
 */
@FunctionalInterface
public interface RequestHandler {

  /**
   * Answers a request. Never throws: whatever goes wrong becomes a response.
   *
   * @param request the request, whose body may be left unread
   * @return the response, which the caller closes
   */
  ApiResponse handle(ApiRequest request);
}
