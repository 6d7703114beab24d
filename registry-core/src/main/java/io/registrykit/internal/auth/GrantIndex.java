package io.registrykit.internal.auth;

import io.registrykit.auth.Grant;
import io.registrykit.auth.RepositoryPattern;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.auth.Access;
import io.registrykit.spi.auth.Action;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Grants by repository, so that a question costs the levels of a name and not the number of grants.
 * Immutable, and safe for use by any number of threads.
 */
public final class GrantIndex {
  /** By pattern: names, and prefixes that end with a slash. */
  private final Map<String, Set<Action>> byName;

  private final Set<Action> everywhere;

  private GrantIndex(Map<String, Set<Action>> byName, Set<Action> everywhere) {
    this.byName = byName;
    this.everywhere = everywhere;
  }

  /**
   * Makes an index.
   *
   * @param grants the grants, which add up
   * @return the index
   */
  public static GrantIndex of(Collection<Grant> grants) {
    Map<String, Set<Action>> byName = new HashMap<>();
    Set<Action> everywhere = EnumSet.noneOf(Action.class);
    for (Grant grant : grants) {
      RepositoryPattern pattern = grant.repositories();
      if (pattern.isAll()) {
        everywhere.addAll(grant.actions());
      } else {
        String value = pattern.value();
        String key = value.endsWith("/*") ? value.substring(0, value.length() - 1) : value;
        byName.computeIfAbsent(key, any -> EnumSet.noneOf(Action.class)).addAll(grant.actions());
      }
    }
    return new GrantIndex(byName, everywhere);
  }

  /**
   * Whether any of the grants covers an access.
   *
   * @param access the access
   * @return true when one does
   */
  public boolean covers(Access access) {
    RepositoryName repository = access.repository();
    Action action = access.action();
    if (repository == null || action == Action.CATALOG) {
      return repository == null && action == Action.CATALOG && everywhere.contains(action);
    }
    return everywhere.contains(action)
        || (!byName.isEmpty() && coversName(repository.value(), action));
  }

  private boolean coversName(String name, Action action) {
    if (byName.getOrDefault(name, Set.of()).contains(action)) {
      return true;
    }
    for (int slash = name.lastIndexOf('/'); slash > 0; slash = name.lastIndexOf('/', slash - 1)) {
      if (byName.getOrDefault(name.substring(0, slash + 1), Set.of()).contains(action)) {
        return true;
      }
    }
    return false;
  }
}
