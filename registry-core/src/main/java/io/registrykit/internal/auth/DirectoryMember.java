package io.registrykit.internal.auth;

import java.util.Set;

/**
 * A member of a directory. Immutable.
 *
 * @param hash the bcrypt hash of the password or secret
 * @param groups its groups
 * @param enabled whether it is let in
 */
public record DirectoryMember(String hash, Set<String> groups, boolean enabled) {

  /** Copies the groups. */
  public DirectoryMember {
    groups = Set.copyOf(groups);
  }

  /**
   * The member with another password.
   *
   * @param newHash the hash of the new one
   * @return a copy
   */
  public DirectoryMember withHash(String newHash) {
    return new DirectoryMember(newHash, groups, enabled);
  }

  /**
   * The member in other groups.
   *
   * @param newGroups all its groups, instead of those before
   * @return a copy
   */
  public DirectoryMember withGroups(Set<String> newGroups) {
    return new DirectoryMember(hash, newGroups, enabled);
  }

  /**
   * The member, enabled or disabled.
   *
   * @param newEnabled whether it is let in
   * @return a copy
   */
  public DirectoryMember withEnabled(boolean newEnabled) {
    return new DirectoryMember(hash, groups, newEnabled);
  }

  @Override
  public String toString() {
    return "DirectoryMember[hash=***, groups=" + groups + ", enabled=" + enabled + "]";
  }
}
