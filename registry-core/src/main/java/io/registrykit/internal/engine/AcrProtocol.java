package io.registrykit.internal.engine;

import io.registrykit.RegistryPolicy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the data-plane API of Azure Container Registry, version 2021-07-01. Thread-safe.
 *
 * @see <a
 *     href="https://github.com/Azure/azure-rest-api-specs/blob/main/specification/containerregistry/data-plane/Azure.ContainerRegistry/stable/2021-07-01/containerregistry.json">Azure
 *     Container Registry, data-plane API</a>
 */
public final class AcrProtocol {
  private AcrProtocol() {}

  /**
   * The rows, one group for each resource.
   *
   * @param policy what the registry takes
   * @param loginServer what the registry calls itself, or null to take the host of the request
   * @return the rows in the order of the documentation
   */
  public static List<Route> routes(RegistryPolicy policy, @Nullable String loginServer) {
    AcrPaging paging = new AcrPaging(policy.maxPageEntries());
    AcrDocuments documents = new AcrDocuments(loginServer);
    List<Route> routes = new ArrayList<>();
    routes.addAll(new AcrRepositoryOperations(paging, documents).routes());
    routes.addAll(new AcrTagOperations(paging, documents).routes());
    routes.addAll(new AcrManifestOperations(policy, paging, documents).routes());
    return routes;
  }
}
