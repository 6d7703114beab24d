package io.registrykit.auth;

import io.registrykit.spi.auth.Action;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The roles of Azure Container Registry and what they open in the data plane. Immutable.
 *
 * <p>One thing differs on purpose: {@link #READER} sees what there is and does not pull. The right
 * to look at a registry must not open its content; who is to pull gets {@link #ACR_PULL} as well.
 *
 * @see <a
 *     href="https://learn.microsoft.com/azure/container-registry/container-registry-rbac-built-in-roles-directory-reference">ACR,
 *     built-in roles</a>
 */
public enum Role {
  /** Everything. */
  OWNER("Owner", EnumSet.allOf(Action.class)),
  /** Everything in the data plane; unlike the owner it assigns no roles. */
  CONTRIBUTOR("Contributor", EnumSet.allOf(Action.class)),
  /** Lists, and reads attributes and locks; no content. */
  READER("Reader", EnumSet.of(Action.METADATA_READ, Action.CATALOG)),
  /** Pulls and lists. */
  ACR_PULL("AcrPull", EnumSet.of(Action.PULL, Action.METADATA_READ, Action.CATALOG)),
  /** Pulls, pushes and lists; no deletes and no locks. */
  ACR_PUSH("AcrPush", EnumSet.of(Action.PULL, Action.PUSH, Action.METADATA_READ, Action.CATALOG)),
  /** Deletes, and nothing else. */
  ACR_DELETE("AcrDelete", EnumSet.of(Action.DELETE)),
  /** Pulls from repositories and reads their attributes. */
  REPOSITORY_READER(
      "Container Registry Repository Reader", EnumSet.of(Action.PULL, Action.METADATA_READ)),
  /** Pulls from and pushes to repositories, reads and changes their attributes; no deletes. */
  REPOSITORY_WRITER(
      "Container Registry Repository Writer",
      EnumSet.of(Action.PULL, Action.PUSH, Action.METADATA_READ, Action.METADATA_WRITE)),
  /** Everything within repositories. */
  REPOSITORY_CONTRIBUTOR(
      "Container Registry Repository Contributor",
      EnumSet.of(
          Action.PULL, Action.PUSH, Action.DELETE, Action.METADATA_READ, Action.METADATA_WRITE)),
  /** Lists the repositories, and nothing else; always for the whole registry. */
  CATALOG_LISTER("Container Registry Repository Catalog Lister", EnumSet.of(Action.CATALOG));

  private final String displayName;

  @SuppressWarnings("ImmutableEnumChecker") // a copy, which nobody can change
  private final Set<Action> actions;

  Role(String displayName, Set<Action> actions) {
    this.displayName = displayName;
    this.actions = Set.copyOf(actions);
  }

  /**
   * The name of the role in Azure.
   *
   * @return such as {@code AcrPull}
   */
  public String displayName() {
    return displayName;
  }

  /**
   * What the role opens.
   *
   * @return actions on repositories, and {@link Action#CATALOG} on the registry
   */
  public Set<Action> actions() {
    return actions;
  }

  /**
   * Finds a role by its name in Azure.
   *
   * @param name such as {@code AcrPull}, with regard to case
   * @return the role, or empty when there is none of that name
   */
  public static Optional<Role> ofDisplayName(String name) {
    for (Role role : values()) {
      if (role.displayName.equals(name)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return displayName;
  }
}
