package io.registrykit.client;

import io.registrykit.Registry;
import io.registrykit.client.internal.endpoint.Context;
import io.registrykit.client.internal.endpoint.ListEndpoints;
import io.registrykit.client.internal.endpoint.UploadEndpoint;
import io.registrykit.client.internal.http.Answer;
import io.registrykit.client.internal.http.CallLimits;
import io.registrykit.client.internal.http.HttpCall;
import io.registrykit.client.internal.http.Scopes;
import io.registrykit.client.internal.http.Transport;
import io.registrykit.client.internal.upload.SingleFlight;
import io.registrykit.error.BackendException;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.RegistryException;
import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RepositoryName;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/**
 * A registry far away. Safe for use by any number of threads. Closing it does nothing: the {@link
 * RegistryClient} that it was got from owns the connections.
 */
public final class RemoteRegistry implements Registry {
  private final RegistryClient client;
  private final String host;
  private final HostOptions options;
  private final Transport transport;
  private final UploadJournal journal;
  private final SingleFlight flights = new SingleFlight();
  private final SingleFlight listTurns = new SingleFlight();

  RemoteRegistry(
      RegistryClient client,
      String host,
      HostOptions options,
      Transport transport,
      UploadJournal journal) {
    this.client = client;
    this.host = host;
    this.options = options;
    this.transport = transport;
    this.journal = journal;
  }

  /**
   * The host.
   *
   * @return the host with its port, as it was asked for
   */
  public String host() {
    return host;
  }

  @Override
  public RemoteRepository repository(RepositoryName name) {
    return new RemoteRepository(this, new Context(transport, name, CallOptions.standard()));
  }

  @Override
  public Page<RepositoryName> repositories(PageRequest page) {
    RepositoryName any = new RepositoryName("any");
    return ListEndpoints.repositories(new Context(transport, any, CallOptions.standard()), page);
  }

  /**
   * Whether this is a registry, and the credentials are good.
   *
   * @throws io.registrykit.error.AccessException if the credentials are not good
   * @throws io.registrykit.error.RegistryException if the registry fails, or is none
   */
  public void ping() {
    try {
      HttpCall call =
          HttpCall.of("GET", transport.uri("/v2/"), CallLimits.start(CallOptions.standard()));
      Answer answer = Answer.of(transport.send(call, Scopes.none()));
      if (answer.status() != 200) {
        throw answer.failure(transport.pauses());
      }
    } catch (IOException e) {
      throw new BackendException(
          ErrorCode.UNAVAILABLE, "talking to " + host + " failed: " + e.getMessage(), e);
    }
  }

  /** Asks the mirrors first, and itself when none of them has an answer. */
  <T> Optional<T> reading(Context context, Function<Context, Optional<T>> call) {
    for (String mirror : options.mirrors()) {
      Optional<T> found = client.mirror(mirror, host).ask(context, call);
      if (found.isPresent()) {
        return found;
      }
    }
    return call.apply(context);
  }

  private <T> Optional<T> ask(Context original, Function<Context, Optional<T>> call) {
    try {
      return call.apply(new Context(transport, original.repository(), original.options()));
    } catch (RegistryException e) {
      return Optional.empty();
    }
  }

  /** Whose turn it is to change a list of referrers that the registry does not keep itself. */
  SingleFlight listTurns() {
    return listTurns;
  }

  UploadEndpoint uploads(Context context) {
    return new UploadEndpoint(context, options, journal, flights);
  }

  @Override
  public void close() {}

  @Override
  public String toString() {
    return host;
  }
}
