package io.registrykit.client.internal.endpoint;

import io.registrykit.client.CallOptions;
import io.registrykit.client.internal.http.Answer;
import io.registrykit.client.internal.http.CallLimits;
import io.registrykit.client.internal.http.HttpCall;
import io.registrykit.client.internal.http.Scopes;
import io.registrykit.client.internal.http.Transport;
import io.registrykit.error.BackendException;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.RegistryException;
import io.registrykit.model.RepositoryName;
import java.io.IOException;
import java.net.URI;

/**
 * One repository of one registry, as the endpoints see it. Immutable.
 *
 * @param transport talks to the registry
 * @param repository the repository
 * @param options what goes along with each call
 */
public record Context(Transport transport, RepositoryName repository, CallOptions options) {

  /** Something that talks to the registry. */
  @FunctionalInterface
  interface Exchange<T> {
    T run(CallLimits limits) throws IOException;
  }

  /** Runs a call under its limits and gives a failure of the network its name. */
  <T> T call(Exchange<T> exchange) {
    try {
      return exchange.run(CallLimits.start(options));
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  /**
   * What a failure of the network is to the caller.
   *
   * @param cause the failure
   * @return the exception
   */
  public BackendException unavailable(IOException cause) {
    return new BackendException(
        ErrorCode.UNAVAILABLE,
        "talking to " + transport.registry().authority() + " failed: " + cause.getMessage(),
        cause);
  }

  URI uri(String rest) {
    return transport.uri("/v2/" + repository + rest);
  }

  Answer answer(HttpCall call, Scopes scopes) throws IOException {
    return Answer.of(transport.send(call, scopes));
  }

  RegistryException failure(Answer answer) {
    return answer.failure(transport.pauses());
  }
}
