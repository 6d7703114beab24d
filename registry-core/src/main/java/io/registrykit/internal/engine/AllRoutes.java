package io.registrykit.internal.engine;

import io.registrykit.RegistryPolicy;
import io.registrykit.internal.auth.SignInService;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every row that is served: a test walks over them, so that none goes without rules. Thread-safe.
 */
public final class AllRoutes {
  private AllRoutes() {}

  /**
   * The rows of an API.
   *
   * @param policy the limits of the registry
   * @param service signs in and issues tokens, or null where no tokens are issued
   * @return the rows in the order of the documentation
   */
  public static List<Route> of(RegistryPolicy policy, @Nullable SignInService service) {
    List<Route> routes = new ArrayList<>(Protocol.routes(policy));
    routes.addAll(
        AcrProtocol.routes(policy, service == null ? null : service.access().loginServer()));
    if (service != null) {
      routes.addAll(new TokenOperations(service).routes());
    }
    return routes;
  }
}
