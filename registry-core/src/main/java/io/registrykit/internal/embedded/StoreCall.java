package io.registrykit.internal.embedded;

import io.registrykit.error.BackendException;
import io.registrykit.error.ErrorCode;
import java.io.IOException;

/**
 * A call of the store: the one place where its {@link IOException} becomes an error of the
 * registry.
 *
 * @param <T> what the call returns
 */
@FunctionalInterface
public interface StoreCall<T> {

  /**
   * Makes the call.
   *
   * @return its result
   * @throws IOException if the store fails
   */
  T call() throws IOException;

  /**
   * Makes a call and turns a failure of the store into an exception that a caller of the registry
   * knows.
   *
   * @param <T> what the call returns
   * @param call the call
   * @return its result
   * @throws BackendException if the store fails
   */
  static <T> T run(StoreCall<T> call) {
    try {
      return call.call();
    } catch (IOException e) {
      throw new BackendException(ErrorCode.UNKNOWN, "the store failed", e);
    }
  }
}
