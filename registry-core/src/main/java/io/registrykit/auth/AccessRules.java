package io.registrykit.auth;

import io.registrykit.auth.AccountsDocument.RoleOn;
import io.registrykit.internal.auth.RoleGrants;
import io.registrykit.internal.auth.store.RolesFormat;
import io.registrykit.internal.auth.store.ScopeMapFormat;
import io.registrykit.internal.auth.store.StoredTable;
import io.registrykit.internal.auth.store.TextsFormat;
import io.registrykit.spi.auth.Access;
import io.registrykit.spi.auth.Action;
import io.registrykit.spi.auth.Authorizer;
import io.registrykit.spi.auth.Principal;
import io.registrykit.spi.store.DocumentStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
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

  private static final String ANONYMOUS_KEY = "pull";
  private static final Map<String, ScopeMap> PREDEFINED =
      ScopeMap.predefined().stream().collect(Collectors.toMap(ScopeMap::name, map -> map));

  private final StoredTable<RoleGrants> byPrincipal;
  private final StoredTable<RoleGrants> byGroup;
  private final StoredTable<ScopeMap> scopeMaps;
  private final StoredTable<List<String>> mapOfPrincipal;
  private final StoredTable<List<String>> anonymousPatterns;
  private final Function<? super Principal, ? extends Set<String>> memberships;
  private volatile Anonymous anonymous = new Anonymous(List.of(), List.of());

  /** Rules without groups, but for those that a sign-in vouches for. They end with the process. */
  public AccessRules() {
    this(principal -> Set.of());
  }

  /**
   * Rules with groups, which end with the process.
   *
   * @param memberships the groups of a principal, such as {@link Directory#groupsOf}; asked at
   *     every request, so that who leaves a group loses its rights at once
   */
  public AccessRules(Function<? super Principal, ? extends Set<String>> memberships) {
    this(memberships, null);
  }

  /**
   * Rules that are kept.
   *
   * @param memberships the groups of a principal, such as {@link Directory#groupsOf}
   * @param documents where the rules are kept, those of one registry alone; each change is kept
   *     before it counts. Null to keep them as long as the process lasts
   */
  public AccessRules(
      Function<? super Principal, ? extends Set<String>> memberships,
      @Nullable DocumentStore documents) {
    this.memberships = memberships;
    this.byPrincipal = StoredTable.large(documents, "roles", new RolesFormat());
    this.byGroup = StoredTable.small(documents, "group-roles", new RolesFormat());
    this.scopeMaps = StoredTable.large(documents, "scope-maps", new ScopeMapFormat());
    this.mapOfPrincipal = StoredTable.large(documents, "scope-map-of", new TextsFormat("scopeMap"));
    this.anonymousPatterns =
        StoredTable.small(documents, "anonymous-pull", new TextsFormat("repositories"));
  }

  private record Anonymous(List<String> patterns, List<Grant> grants) {}

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
    add(byPrincipal, principal.name(), new RoleOn(role, repositories));
  }

  /**
   * Gives a role to a group.
   *
   * @param group the group
   * @param role the role
   * @param repositories where it holds
   */
  public void assignToGroup(String group, Role role, RepositoryPattern repositories) {
    add(byGroup, group, new RoleOn(role, repositories));
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
    return remove(byPrincipal, principal.name(), new RoleOn(role, repositories));
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
    return remove(byGroup, group, new RoleOn(role, repositories));
  }

  private static void add(StoredTable<RoleGrants> table, String name, RoleOn role) {
    table.change(name, held -> (held == null ? RoleGrants.NONE : held).with(role));
  }

  private static boolean remove(StoredTable<RoleGrants> table, String name, RoleOn role) {
    boolean[] removed = {false};
    table.change(
        name,
        held -> {
          removed[0] = held != null && held.roles().contains(role);
          RoleGrants rest = held == null ? RoleGrants.NONE : held.without(role);
          return rest.roles().isEmpty() ? null : rest;
        });
    return removed[0];
  }

  /**
   * Makes or replaces a scope map; everybody who is bound to its name gets the new rules.
   *
   * @param map the map
   */
  public void putScopeMap(ScopeMap map) {
    scopeMaps.change(map.name(), old -> map);
  }

  /**
   * Removes a scope map; whoever is bound to it may do nothing through it from then on. The
   * predefined ones stay.
   *
   * @param name the name of the map
   * @return false when there was none
   */
  public boolean removeScopeMap(String name) {
    boolean known = scopeMaps.get(name) != null;
    scopeMaps.change(name, old -> null);
    return known;
  }

  /**
   * Finds a scope map.
   *
   * @param name its name
   * @return the map, or empty when there is none
   */
  public Optional<ScopeMap> scopeMap(String name) {
    ScopeMap predefined = PREDEFINED.get(name);
    return Optional.ofNullable(predefined == null ? scopeMaps.get(name) : predefined);
  }

  /**
   * Binds a principal to a scope map, instead of the one it had.
   *
   * @param principal usually a token
   * @param scopeMap the name of the map, which need not exist yet
   */
  public void bind(Principal principal, String scopeMap) {
    mapOfPrincipal.change(principal.name(), old -> List.of(scopeMap));
  }

  /**
   * Takes everything from a principal: its roles and its scope map.
   *
   * @param principal who is to have nothing
   */
  public void forget(Principal principal) {
    byPrincipal.change(principal.name(), old -> null);
    mapOfPrincipal.change(principal.name(), old -> null);
  }

  /**
   * Lets everybody pull, without signing in: manifests, blobs, tags and attributes, not the
   * catalog.
   *
   * @param repositories which repositories, instead of those before; none ends anonymous pull
   */
  public void anonymousPull(Collection<RepositoryPattern> repositories) {
    List<String> patterns = repositories.stream().map(RepositoryPattern::value).toList();
    anonymousPatterns.change(ANONYMOUS_KEY, old -> patterns.isEmpty() ? null : patterns);
  }

  /** The grants of the patterns, which are made anew when these are others. */
  private List<Grant> anonymous() {
    List<String> patterns = anonymousPatterns.get(ANONYMOUS_KEY);
    if (patterns == null) {
      return List.of();
    }
    Anonymous known = anonymous;
    if (!known.patterns().equals(patterns)) {
      List<Grant> grants =
          patterns.stream()
              .map(RepositoryPattern::new)
              .map(pattern -> new Grant(pattern, ANONYMOUS_PULL, "anonymous pull on " + pattern))
              .toList();
      known = new Anonymous(patterns, grants);
      anonymous = known;
    }
    return known.grants();
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
    if (covers(anonymous(), access)) {
      return true;
    }
    if (principal.equals(Principal.ANONYMOUS)) {
      return false;
    }
    RoleGrants own = byPrincipal.get(principal.name());
    ScopeMap map = mapOf(principal);
    if ((own != null && own.covers(access)) || (map != null && map.covers(access))) {
      return true;
    }
    if (byGroup.size() == 0) {
      return false;
    }
    for (String group : groupsOf(principal)) {
      RoleGrants held = byGroup.get(group);
      if (held != null && held.covers(access)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable ScopeMap mapOf(Principal principal) {
    List<String> bound = mapOfPrincipal.get(principal.name());
    return bound == null || bound.isEmpty() ? null : scopeMap(bound.get(0)).orElse(null);
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
    List<Grant> all = new ArrayList<>(anonymous());
    if (principal.equals(Principal.ANONYMOUS)) {
      return all;
    }
    RoleGrants own = byPrincipal.get(principal.name());
    all.addAll(own == null ? List.of() : own.grants());
    ScopeMap map = mapOf(principal);
    if (map != null) {
      map.rules()
          .forEach(
              (pattern, actions) ->
                  all.add(
                      new Grant(pattern, actions, "scope map " + map.name() + " on " + pattern)));
    }
    for (String group : groupsOf(principal)) {
      RoleGrants held = byGroup.get(group);
      all.addAll(held == null ? List.of() : held.grantsOfGroup(group));
    }
    return all;
  }
}
