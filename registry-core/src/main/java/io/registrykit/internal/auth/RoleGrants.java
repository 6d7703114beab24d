package io.registrykit.internal.auth;

import io.registrykit.auth.AccountsDocument.RoleOn;
import io.registrykit.auth.Grant;
import io.registrykit.spi.auth.Access;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The roles of one principal or group. Immutable.
 *
 * @param roles the roles and where they hold
 * @param grants what they open, in the same order
 */
public record RoleGrants(List<RoleOn> roles, List<Grant> grants) {
  /** No roles. */
  public static final RoleGrants NONE = of(List.of());

  /** Copies the lists. */
  public RoleGrants {
    roles = List.copyOf(roles);
    grants = List.copyOf(grants);
  }

  /**
   * What roles open.
   *
   * @param roles the roles and where they hold
   * @return the roles with their grants
   */
  public static RoleGrants of(List<RoleOn> roles) {
    return new RoleGrants(
        roles, roles.stream().map(held -> grant(held, "role " + held.role())).toList());
  }

  private static Grant grant(RoleOn held, String source) {
    return new Grant(
        held.repositories(), held.role().actions(), source + " on " + held.repositories());
  }

  /**
   * The grants, with the name of a group as the reason.
   *
   * @param group the group that has the roles
   * @return the same grants otherwise
   */
  public List<Grant> grantsOfGroup(String group) {
    return roles.stream()
        .map(held -> grant(held, "role " + held.role() + " of group " + group))
        .toList();
  }

  /**
   * One role more.
   *
   * @param role the role
   * @return a copy; the same when it was there
   */
  public RoleGrants with(RoleOn role) {
    Set<RoleOn> all = new LinkedHashSet<>(roles);
    all.add(role);
    return of(List.copyOf(all));
  }

  /**
   * One role less.
   *
   * @param role the role
   * @return a copy; the same when it was not there
   */
  public RoleGrants without(RoleOn role) {
    return of(roles.stream().filter(held -> !held.equals(role)).toList());
  }

  /**
   * Whether the roles open something.
   *
   * @param access what
   * @return true when one does
   */
  public boolean covers(Access access) {
    for (int i = 0; i < grants.size(); i++) {
      if (grants.get(i).covers(access)) {
        return true;
      }
    }
    return false;
  }
}
