package io.registrykit.auth;

import io.registrykit.model.RepositoryName;

/**
 * Which repositories a rule is for: one by its name, everything below a name, or all. Immutable.
 *
 * <p>The only wildcard is a star at the end: {@code *}, or {@code team/*}, which is for {@code
 * team/app} and {@code team/a/b} and neither for {@code team} nor for {@code teams/app}. The
 * repositories need not exist.
 *
 * @param value {@code *}, a name and {@code /*}, or a name
 * @see <a
 *     href="https://learn.microsoft.com/azure/container-registry/container-registry-token-based-repository-permissions">ACR,
 *     tokens with repository-scoped permissions</a>
 */
public record RepositoryPattern(String value) {

  /** Every repository. */
  public static final RepositoryPattern ALL = new RepositoryPattern("*");

  private static final String BELOW = "/*";

  /**
   * Checks the pattern.
   *
   * @throws IllegalArgumentException if it breaks the grammar
   */
  public RepositoryPattern {
    if (!value.equals("*")) {
      boolean below = value.endsWith(BELOW);
      RepositoryName.parse(below ? value.substring(0, value.length() - BELOW.length()) : value);
    }
  }

  /**
   * A pattern for one repository.
   *
   * @param name the repository
   * @return the pattern
   */
  public static RepositoryPattern of(RepositoryName name) {
    return new RepositoryPattern(name.value());
  }

  /**
   * Whether the pattern is for every repository.
   *
   * @return true for {@code *}
   */
  public boolean isAll() {
    return value.equals("*");
  }

  /**
   * Whether the pattern is for everything below a name.
   *
   * @return true for {@code team/*}
   */
  boolean isBelow() {
    return value.endsWith(BELOW);
  }

  /** What the names below start with, with the slash; only for {@link #isBelow()}. */
  String prefix() {
    return value.substring(0, value.length() - 1);
  }

  /**
   * Whether the pattern is for a repository.
   *
   * @param name the repository
   * @return true when it is
   */
  public boolean matches(RepositoryName name) {
    if (isAll()) {
      return true;
    }
    return isBelow() ? name.value().startsWith(prefix()) : name.value().equals(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
