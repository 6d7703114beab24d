package io.registrykit.internal.engine;

import io.registrykit.api.ApiResponse;
import java.io.IOException;

/** What a route does once the caller was let in. Safe for use by any number of threads. */
@FunctionalInterface
public interface Operation {

  /**
   * Answers a request.
   *
   * @param call the request and who makes it
   * @return the answer
   * @throws IOException if a blob or the body of the request fails
   * @throws io.registrykit.error.RegistryException if the registry refuses
   */
  ApiResponse answer(Call call) throws IOException;
}
