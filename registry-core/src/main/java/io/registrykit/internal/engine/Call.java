package io.registrykit.internal.engine;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.EmbeddedRepository;
import io.registrykit.api.ApiRequest;
import io.registrykit.model.RepositoryName;
import org.jspecify.annotations.Nullable;

/** A request on its way through an operation, and who makes it. For use by one thread. */
public final class Call {
  private final ApiRequest request;
  private final EmbeddedRegistry registry;
  private final Caller caller;
  private final @Nullable RepositoryName name;
  private final @Nullable String parameter;

  /**
   * A call.
   *
   * @param request the request
   * @param registry the registry, on behalf of the caller
   * @param caller who makes it
   * @param name the repository in its path, or null
   * @param parameter the parameter in its path, decoded, or null
   */
  public Call(
      ApiRequest request,
      EmbeddedRegistry registry,
      Caller caller,
      @Nullable RepositoryName name,
      @Nullable String parameter) {
    this.request = request;
    this.registry = registry;
    this.caller = caller;
    this.name = name;
    this.parameter = parameter;
  }

  /**
   * The request.
   *
   * @return the request
   */
  public ApiRequest request() {
    return request;
  }

  /**
   * The registry, on behalf of the caller.
   *
   * @return the registry
   */
  public EmbeddedRegistry registry() {
    return registry;
  }

  /**
   * Who makes the request.
   *
   * @return the caller
   */
  public Caller caller() {
    return caller;
  }

  /**
   * The repository in the path.
   *
   * @return its name
   * @throws IllegalStateException if the template of the route has none
   */
  public RepositoryName name() {
    if (name == null) {
      throw new IllegalStateException("the route has no {name}");
    }
    return name;
  }

  /**
   * The repository in the path, on behalf of the caller.
   *
   * @return the repository, which need not exist
   * @throws IllegalStateException if the template of the route has none
   */
  public EmbeddedRepository repository() {
    return registry.repository(name());
  }

  /**
   * The parameter at the end of the path.
   *
   * @return its decoded text
   * @throws IllegalStateException if the template of the route has none
   */
  public String parameter() {
    if (parameter == null) {
      throw new IllegalStateException("the route has no parameter");
    }
    return parameter;
  }
}
