package io.registrykit.auth;

import io.registrykit.internal.auth.AccountsReader;
import io.registrykit.spi.auth.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The accounts of a small site in one JSON document: users with bcrypt hashes, their roles and
 * scope maps, and what everybody may pull. Immutable.
 *
 * <pre>{@code
 * {
 *   "scopeMaps": [{"name": "build", "actions": ["repositories/team/app/content/read"]}],
 *   "users": [
 *     {"name": "ann", "hash": "$2y$10$...", "roles": [{"role": "AcrPush", "repositories": "*"}]},
 *     {"name": "ci", "hash": "$2y$10$...", "scopeMap": "build"}
 *   ],
 *   "anonymousPull": ["public/*"]
 * }
 * }</pre>
 *
 * <p>Fields that are not known are errors: a rule that was misspelt must not be a rule that is
 * missing.
 *
 * @param hashes the bcrypt hash of each user
 * @param roles the roles of each user
 * @param scopeMapOf the scope map of each user that has one
 * @param scopeMaps the scope maps
 * @param anonymousPull what everybody may pull
 */
public record AccountsDocument(
    Map<String, String> hashes,
    Map<String, List<RoleOn>> roles,
    Map<String, String> scopeMapOf,
    List<ScopeMap> scopeMaps,
    List<RepositoryPattern> anonymousPull) {

  /**
   * A role and where it holds. Immutable.
   *
   * @param role the role
   * @param repositories where it holds
   */
  public record RoleOn(Role role, RepositoryPattern repositories) {}

  /** Copies the collections. */
  public AccountsDocument {
    hashes = Map.copyOf(hashes);
    roles = Map.copyOf(roles);
    scopeMapOf = Map.copyOf(scopeMapOf);
    scopeMaps = List.copyOf(scopeMaps);
    anonymousPull = List.copyOf(anonymousPull);
  }

  /**
   * Reads a document.
   *
   * @param json the document
   * @return the accounts
   * @throws IllegalArgumentException if it is malformed, with the place as a JSON pointer and
   *     without its content
   */
  public static AccountsDocument parse(String json) {
    return AccountsReader.read(json);
  }

  /**
   * The users, who sign in with their passwords.
   *
   * @return a source of identities
   */
  public Identities identities() {
    StringBuilder lines = new StringBuilder();
    new LinkedHashMap<>(hashes)
        .forEach((name, hash) -> lines.append(name).append(':').append(hash).append('\n'));
    return new HtpasswdIdentities(TextSource.of(lines.toString()));
  }

  /**
   * Adds roles, scope maps and anonymous pull to rules.
   *
   * @param rules what decides
   */
  public void applyTo(AccessRules rules) {
    scopeMaps.forEach(rules::putScopeMap);
    scopeMapOf.forEach((user, map) -> rules.bind(Principals.htpasswd(user), map));
    roles.forEach(
        (user, held) -> {
          Principal principal = Principals.htpasswd(user);
          held.forEach(role -> rules.assign(principal, role.role(), role.repositories()));
        });
    rules.anonymousPull(anonymousPull);
  }

  /** The names alone. */
  @Override
  public String toString() {
    return "AccountsDocument" + hashes.keySet();
  }
}
