package io.registrykit.internal.engine;

import io.registrykit.RegistryPolicy;
import java.util.ArrayList;
import java.util.List;

/** The rows of the OCI distribution protocol. Thread-safe. */
public final class Protocol {
  private Protocol() {}

  /**
   * The rows, one group for each resource.
   *
   * @param policy what the registry takes
   * @return the rows in the order of the documentation
   */
  public static List<Route> routes(RegistryPolicy policy) {
    List<Route> routes = new ArrayList<>();
    routes.addAll(new ListingOperations(policy).routes());
    routes.addAll(new ManifestOperations(policy).routes());
    routes.addAll(new ReferrerOperations(policy).routes());
    routes.addAll(new BlobOperations().routes());
    routes.addAll(new UploadOperations(policy.maxBlobBytes()).routes());
    return routes;
  }
}
