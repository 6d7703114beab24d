package io.registrykit.client.internal.http;

import io.registrykit.model.RepositoryName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a token is for: resources with actions. Immutable; equal when they permit the same.
 *
 * @param actions the actions by resource, such as {@code repository:team/app}
 * @see <a href="https://distribution.github.io/distribution/spec/auth/scope/">Distribution, token
 *     scopes</a>
 */
public record Scopes(Map<String, Set<String>> actions) {
  private static final int MAX_RESOURCES = 16;

  /** Copies the map. */
  public Scopes {
    Map<String, Set<String>> copy = new LinkedHashMap<>();
    actions.forEach((resource, set) -> copy.put(resource, new LinkedHashSet<>(set)));
    actions = Map.copyOf(copy);
  }

  /**
   * Nothing in particular.
   *
   * @return the empty set
   */
  public static Scopes none() {
    return new Scopes(Map.of());
  }

  /**
   * Reading a repository.
   *
   * @param name the repository
   * @return the scopes
   */
  public static Scopes pull(RepositoryName name) {
    return of(name, "pull");
  }

  /**
   * Reading and writing a repository.
   *
   * @param name the repository
   * @return the scopes
   */
  public static Scopes push(RepositoryName name) {
    return of(name, "pull", "push");
  }

  /**
   * Deleting in a repository.
   *
   * @param name the repository
   * @return the scopes
   */
  public static Scopes delete(RepositoryName name) {
    return of(name, "pull", "delete");
  }

  /**
   * Listing the repositories.
   *
   * @return the scopes
   */
  public static Scopes catalog() {
    return new Scopes(Map.of("registry:catalog", Set.of("*")));
  }

  private static Scopes of(RepositoryName name, String... actions) {
    return new Scopes(Map.of("repository:" + name, new LinkedHashSet<>(List.of(actions))));
  }

  /**
   * Both together.
   *
   * @param other other scopes
   * @return what permits both
   */
  public Scopes and(Scopes other) {
    Map<String, Set<String>> both = new LinkedHashMap<>();
    actions.forEach((resource, set) -> both.put(resource, new LinkedHashSet<>(set)));
    other.actions.forEach(
        (resource, set) -> {
          if (both.containsKey(resource) || both.size() < MAX_RESOURCES) {
            both.computeIfAbsent(resource, key -> new LinkedHashSet<>()).addAll(set);
          }
        });
    return new Scopes(both);
  }

  /**
   * Reads the {@code scope} of a challenge; what is malformed is left out.
   *
   * @param text scopes with spaces between them
   * @return the scopes
   */
  public static Scopes parse(String text) {
    Scopes all = none();
    for (String one : text.strip().split("\\s+", -1)) {
      int colon = one.lastIndexOf(':');
      if (colon > 0 && one.indexOf(':') < colon && colon < one.length() - 1) {
        Set<String> set = new LinkedHashSet<>(List.of(one.substring(colon + 1).split(",", -1)));
        set.remove("");
        all = all.and(new Scopes(Map.of(one.substring(0, colon), set)));
      }
    }
    return all;
  }

  /**
   * The scopes as a token server reads them.
   *
   * @return sorted, each such as {@code repository:team/app:pull,push}
   */
  public List<String> wire() {
    List<String> lines = new ArrayList<>();
    actions.forEach(
        (resource, set) ->
            lines.add(resource + ":" + String.join(",", set.stream().sorted().toList())));
    lines.sort(null);
    return lines;
  }
}
