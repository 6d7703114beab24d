package io.registrykit.auth;

import io.registrykit.model.RepositoryName;
import io.registrykit.spi.auth.Access;
import io.registrykit.spi.auth.Action;
import java.util.Set;

/**
 * The one form that every permission takes, whatever it comes from: actions on repositories.
 * Immutable. {@link Action#CATALOG} is for the registry, and counts only in a grant for all
 * repositories.
 *
 * @param repositories which repositories
 * @param actions what may be done
 * @param source where it comes from, for {@link Explanation}
 */
public record Grant(RepositoryPattern repositories, Set<Action> actions, String source) {

  /** Copies the actions. */
  public Grant {
    actions = Set.copyOf(actions);
  }

  /**
   * Whether the grant covers an access.
   *
   * @param access the access
   * @return true when it does
   */
  public boolean covers(Access access) {
    if (!actions.contains(access.action())) {
      return false;
    }
    RepositoryName repository = access.repository();
    boolean catalog = access.action() == Action.CATALOG;
    return repository == null
        ? catalog && repositories.isAll()
        : !catalog && repositories.matches(repository);
  }
}
