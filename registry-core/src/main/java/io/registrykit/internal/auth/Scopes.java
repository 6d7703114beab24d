package io.registrykit.internal.auth;

import io.registrykit.model.RepositoryName;
import io.registrykit.spi.auth.Access;
import io.registrykit.spi.auth.Action;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;

/**
 * Scopes as clients write them: {@code repository:NAME:pull,push} and {@code registry:catalog:*}.
 * Thread-safe.
 *
 * @see <a href="https://distribution.github.io/distribution/spec/auth/scope/">Docker Registry token
 *     scope</a>
 */
public final class Scopes {
  static final String REPOSITORY = "repository";
  static final String REGISTRY = "registry";
  static final String CATALOG = "catalog";

  /** The most permissions that one token request may ask for; more are passed over. */
  static final int MAX_ACCESSES = 1000;

  private Scopes() {}

  /**
   * Reads scopes. What is malformed or unknown is passed over, as it grants nothing.
   *
   * @param scopes one or more scopes in each text, with spaces between them
   * @return what they ask for
   */
  public static Set<Access> parse(Collection<String> scopes) {
    Set<Access> accesses = new LinkedHashSet<>();
    for (String text : scopes) {
      for (String scope : text.split(" ", -1)) {
        add(accesses, scope);
      }
    }
    return accesses;
  }

  /** The name may have a colon, behind the host of a mirror: so the ends are cut off. */
  private static void add(Set<Access> accesses, String scope) {
    int first = scope.indexOf(':');
    int last = scope.lastIndexOf(':');
    if (first < 0 || last <= first) {
      return;
    }
    String type = scope.substring(0, first);
    String name = scope.substring(first + 1, last);
    String actions = scope.substring(last + 1);
    if (type.equals(REGISTRY) && name.equals(CATALOG)) {
      if (Set.of(actions.split(",", -1)).contains(Action.CATALOG.scopeName())) {
        accesses.add(Access.catalog());
      }
    } else if (type.equals(REPOSITORY)) {
      addRepository(accesses, name, actions);
    }
  }

  private static void addRepository(Set<Access> accesses, String text, String actions) {
    RepositoryName name;
    try {
      name = new RepositoryName(text);
    } catch (IllegalArgumentException e) {
      return;
    }
    for (String action : actions.split(",", -1)) {
      if (accesses.size() >= MAX_ACCESSES) {
        return;
      }
      if (action.equals("*")) {
        for (Action each : Action.values()) {
          if (each != Action.CATALOG) {
            accesses.add(new Access(name, each));
          }
        }
      } else {
        Action.ofScopeName(action).ifPresent(known -> accesses.add(new Access(name, known)));
      }
    }
  }

  /**
   * Writes scopes.
   *
   * @param accesses what is needed
   * @return one scope for each repository, with spaces between them; empty when nothing is needed
   */
  public static String write(Collection<Access> accesses) {
    Map<String, Set<Action>> byResource = new LinkedHashMap<>();
    for (Access access : accesses) {
      RepositoryName repository = access.repository();
      String resource =
          repository == null ? REGISTRY + ':' + CATALOG : REPOSITORY + ':' + repository;
      byResource.computeIfAbsent(resource, key -> new TreeSet<>()).add(access.action());
    }
    StringJoiner scopes = new StringJoiner(" ");
    byResource.forEach(
        (resource, actions) -> {
          StringJoiner names = new StringJoiner(",");
          actions.forEach(action -> names.add(action.scopeName()));
          scopes.add(resource + ':' + names);
        });
    return scopes.toString();
  }
}
