package io.registrykit.auth;

import io.registrykit.spi.auth.Access;
import io.registrykit.spi.auth.Action;
import io.registrykit.spi.auth.Authorizer;
import io.registrykit.spi.auth.Principal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what: role assignments, scope maps and anonymous pull in one model. Safe for use by
 * any number of threads; a change acts on the next request, whatever tokens were issued before.
 *
 * <p>Nothing is permitted unless a rule says so, and rules add up. The rules are found by
 * principal, so that a question costs what one principal has, however many there are.
 */
public final class AccessRules implements Authorizer {
  private static final Set<Action> ANONYMOUS_PULL = EnumSet.of(Action.PULL, Action.METADATA_READ);

  private final Map<String, List<Grant>> byPrincipal = new ConcurrentHashMap<>();
  private final Map<String, List<Grant>> byGroup = new ConcurrentHashMap<>();
  private final Map<String, ScopeMap> scopeMaps = new ConcurrentHashMap<>();
  private final Map<String, String> mapOfPrincipal = new ConcurrentHashMap<>();
  private final Function<? super Principal, ? extends Set<String>> memberships;
  private volatile List<Grant> anonymous = List.of();

  /** Rules without groups, but for those that a sign-in vouches for. */
  public AccessRules() {
    this(principal -> Set.of());
  }

  /**
   * Rules with groups.
   *
   * @param memberships the groups of a principal, such as {@link Directory#groupsOf}; asked at
   *     every request, so that who leaves a group loses its rights at once
   */
  public AccessRules(Function<? super Principal, ? extends Set<String>> memberships) {
    this.memberships = memberships;
    ScopeMap.predefined().forEach(map -> scopeMaps.put(map.name(), map));
  }

  /**
   * Gives a role to a principal.
   *
   * @param principal who gets it; {@link Principal#ANONYMOUS} gets none
   * @param role the role
   * @param repositories where it holds; the catalog opens only with {@link RepositoryPattern#ALL}
   * @throws IllegalArgumentException for the anonymous principal: that is {@link #anonymousPull}
   */
  public void assign(Principal principal, Role role, RepositoryPattern repositories) {
    if (principal.equals(Principal.ANONYMOUS)) {
      throw new IllegalArgumentException("anonymous callers get no roles");
    }
    add(byPrincipal, principal.name(), grant(role, repositories, "role " + role));
  }

  /**
   * Gives a role to a group.
   *
   * @param group the group
   * @param role the role
   * @param repositories where it holds
   */
  public void assignToGroup(String group, Role role, RepositoryPattern repositories) {
    add(byGroup, group, grant(role, repositories, "role " + role + " of group " + group));
  }

  /**
   * Takes a role from a principal.
   *
   * @param principal who had it
   * @param role the role
   * @param repositories where it held
   * @return false when there was no such assignment
   */
  public boolean unassign(Principal principal, Role role, RepositoryPattern repositories) {
    return remove(byPrincipal, principal.name(), grant(role, repositories, "role " + role));
  }

  /**
   * Takes a role from a group.
   *
   * @param group the group
   * @param role the role
   * @param repositories where it held
   * @return false when there was no such assignment
   */
  public boolean unassignFromGroup(String group, Role role, RepositoryPattern repositories) {
    return remove(byGroup, group, grant(role, repositories, "role " + role + " of group " + group));
  }

  private static Grant grant(Role role, RepositoryPattern repositories, String source) {
    return new Grant(repositories, role.actions(), source + " on " + repositories);
  }

  private static void add(Map<String, List<Grant>> grants, String name, Grant grant) {
    grants.merge(
        name,
        List.of(grant),
        (old, added) -> {
          Set<Grant> all = new LinkedHashSet<>(old);
          all.addAll(added);
          return List.copyOf(all);
        });
  }

  private static boolean remove(Map<String, List<Grant>> grants, String name, Grant grant) {
    List<Grant> old = grants.getOrDefault(name, List.of());
    grants.computeIfPresent(
        name,
        (key, all) -> {
          List<Grant> rest = all.stream().filter(other -> !other.equals(grant)).toList();
          return rest.isEmpty() ? null : rest;
        });
    return old.contains(grant);
  }

  /**
   * Makes or replaces a scope map; everybody who is bound to its name gets the new rules.
   *
   * @param map the map
   */
  public void putScopeMap(ScopeMap map) {
    scopeMaps.put(map.name(), map);
  }

  /**
   * Removes a scope map; whoever is bound to it may do nothing through it from then on.
   *
   * @param name the name of the map
   * @return false when there was none
   */
  public boolean removeScopeMap(String name) {
    return scopeMaps.remove(name) != null;
  }

  /**
   * Finds a scope map.
   *
   * @param name its name
   * @return the map, or empty when there is none
   */
  public Optional<ScopeMap> scopeMap(String name) {
    return Optional.ofNullable(scopeMaps.get(name));
  }

  /**
   * Binds a principal to a scope map, instead of the one it had.
   *
   * @param principal usually a token
   * @param scopeMap the name of the map, which need not exist yet
   */
  public void bind(Principal principal, String scopeMap) {
    mapOfPrincipal.put(principal.name(), scopeMap);
  }

  /**
   * Takes everything from a principal: its roles and its scope map.
   *
   * @param principal who is to have nothing
   */
  public void forget(Principal principal) {
    byPrincipal.remove(principal.name());
    mapOfPrincipal.remove(principal.name());
  }

  /**
   * Lets everybody pull, without signing in: manifests, blobs, tags and attributes, not the
   * catalog.
   *
   * @param repositories which repositories, instead of those before; none ends anonymous pull
   */
  public void anonymousPull(Collection<RepositoryPattern> repositories) {
    anonymous =
        repositories.stream()
            .map(pattern -> new Grant(pattern, ANONYMOUS_PULL, "anonymous pull on " + pattern))
            .toList();
  }

  @Override
  public Set<Access> permitted(Principal principal, Set<Access> requested) {
    Set<Access> permitted = new LinkedHashSet<>();
    for (Access access : requested) {
      if (isPermitted(principal, access)) {
        permitted.add(access);
      }
    }
    return permitted;
  }

  private boolean isPermitted(Principal principal, Access access) {
    if (covers(anonymous, access)) {
      return true;
    }
    if (principal.equals(Principal.ANONYMOUS)) {
      return false;
    }
    ScopeMap map = mapOf(principal);
    if (covers(byPrincipal.getOrDefault(principal.name(), List.of()), access)
        || (map != null && map.covers(access))) {
      return true;
    }
    if (byGroup.isEmpty()) {
      return false;
    }
    for (String group : groupsOf(principal)) {
      if (covers(byGroup.getOrDefault(group, List.of()), access)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable ScopeMap mapOf(Principal principal) {
    String name = mapOfPrincipal.get(principal.name());
    return name == null ? null : scopeMaps.get(name);
  }

  private Set<String> groupsOf(Principal principal) {
    Set<String> groups = new LinkedHashSet<>(memberships.apply(principal));
    groups.addAll(principal.groups());
    return groups;
  }

  private static boolean covers(List<Grant> grants, Access access) {
    for (int i = 0; i < grants.size(); i++) {
      if (grants.get(i).covers(access)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Says why something is permitted or refused.
   *
   * @param principal who asks
   * @param access what for
   * @return the rules that permit it, or what would
   */
  public Explanation explain(Principal principal, Access access) {
    List<String> because = new ArrayList<>();
    for (Grant grant : grantsOf(principal)) {
      if (grant.covers(access)) {
        because.add(grant.source());
      }
    }
    boolean allowed = !because.isEmpty();
    return new Explanation(
        principal, access, allowed, because, allowed ? List.of() : Advice.on(principal, access));
  }

  private List<Grant> grantsOf(Principal principal) {
    List<Grant> all = new ArrayList<>(anonymous);
    if (principal.equals(Principal.ANONYMOUS)) {
      return all;
    }
    all.addAll(byPrincipal.getOrDefault(principal.name(), List.of()));
    ScopeMap map = mapOf(principal);
    if (map != null) {
      map.rules()
          .forEach(
              (pattern, actions) ->
                  all.add(
                      new Grant(pattern, actions, "scope map " + map.name() + " on " + pattern)));
    }
    for (String group : groupsOf(principal)) {
      all.addAll(byGroup.getOrDefault(group, List.of()));
    }
    return all;
  }
}
