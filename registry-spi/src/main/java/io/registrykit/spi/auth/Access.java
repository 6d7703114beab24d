package io.registrykit.spi.auth;

import io.registrykit.model.RepositoryName;
import org.jspecify.annotations.Nullable;

/**
 * One thing to permit: an action on a repository or on the registry itself. Immutable.
 *
 * @param repository the repository, or null for the registry
 * @param action the action
 */
public record Access(@Nullable RepositoryName repository, Action action) {

  /**
   * Listing the repositories of the registry.
   *
   * @return the access
   */
  public static Access catalog() {
    return new Access(null, Action.CATALOG);
  }
}
