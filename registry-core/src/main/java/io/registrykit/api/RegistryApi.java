package io.registrykit.api;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.auth.OpenAccess;
import io.registrykit.auth.RegistryAccess;
import io.registrykit.internal.auth.SignInService;
import io.registrykit.internal.engine.AccessControl;
import io.registrykit.internal.engine.AllRoutes;
import io.registrykit.internal.engine.BasicAccessControl;
import io.registrykit.internal.engine.BearerAccessControl;
import io.registrykit.internal.engine.Dispatcher;
import io.registrykit.internal.engine.OpenAccessControl;
import io.registrykit.internal.engine.RouteTable;
import io.registrykit.spi.auth.Authenticator;
import io.registrykit.spi.auth.Authorizer;
import org.jspecify.annotations.Nullable;

/**
 * The OCI distribution protocol over a registry: requests in, responses out, whatever server
 * carries them. Immutable, and safe for use by any number of threads.
 *
 * <p>Speaks version 1.1.1 of the specification and what its main branch adds: several tags in one
 * push, cancelling an upload, {@code digest-algorithm}. The parameter {@code ns} of a pull is
 * ignored, as a registry that is no proxy may do.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md">OCI
 *     distribution-spec</a>
 */
public final class RegistryApi implements RequestHandler {
  private final Dispatcher dispatcher;

  private RegistryApi(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  /**
   * Starts to put a registry on the wire.
   *
   * @param registry the registry
   * @return a builder that needs to be told who may do what
   */
  public static Builder builder(EmbeddedRegistry registry) {
    return new Builder(registry);
  }

  @Override
  public ApiResponse handle(ApiRequest request) {
    return dispatcher.handle(request);
  }

  /** Collects who may do what. Not safe for use by several threads at once. */
  public static final class Builder {
    private final EmbeddedRegistry registry;
    private @Nullable Authenticator authenticator;
    private @Nullable Authorizer authorizer;
    private @Nullable RegistryAccess access;

    private Builder(EmbeddedRegistry registry) {
      this.registry = registry;
    }

    /**
     * Who tells callers apart; needed unless the authorizer is {@link OpenAccess}.
     *
     * @param newAuthenticator gets what each request shows; what it answers for nothing decides
     *     whether anonymous callers are known at all
     * @return this builder
     */
    public Builder authenticator(Authenticator newAuthenticator) {
      this.authenticator = newAuthenticator;
      return this;
    }

    /**
     * Who may do what; needed, because nothing is open by default.
     *
     * @param newAuthorizer decides for each request; {@link OpenAccess#readWrite()} lets everybody
     *     do everything
     * @return this builder
     */
    public Builder authorizer(Authorizer newAuthorizer) {
      this.authorizer = newAuthorizer;
      return this;
    }

    /**
     * How callers sign in to a registry that issues tokens; instead of an authenticator and an
     * authorizer.
     *
     * @param newAccess who is let in, who may do what, and what tokens are like
     * @return this builder
     */
    public Builder access(RegistryAccess newAccess) {
      this.access = newAccess;
      return this;
    }

    /**
     * Builds the API.
     *
     * @return an API that is ready
     * @throws IllegalStateException if it was not told who may do what, or twice
     */
    public RegistryApi build() {
      if (access != null && (authenticator != null || authorizer != null)) {
        throw new IllegalStateException(
            "access says who may do what: there is no authorizer beside it");
      }
      SignInService service = access == null ? null : new SignInService(access);
      AccessControl control = service == null ? accessControl() : new BearerAccessControl(service);
      RouteTable table = RouteTable.of(AllRoutes.of(registry.policy(), service));
      return new RegistryApi(new Dispatcher(registry, table, control));
    }

    private AccessControl accessControl() {
      Authorizer chosen = authorizer;
      if (chosen == null) {
        throw new IllegalStateException(
            "nobody may do anything: choose an authorizer, such as OpenAccess.readWrite()");
      }
      if (authenticator != null) {
        return new BasicAccessControl(authenticator, chosen);
      }
      if (chosen instanceof OpenAccess open) {
        return new OpenAccessControl(open);
      }
      throw new IllegalStateException("an authorizer other than OpenAccess needs an authenticator");
    }
  }
}
