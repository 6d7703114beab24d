package io.registrykit.auth;

import io.registrykit.internal.auth.GrantIndex;
import io.registrykit.spi.auth.Access;
import io.registrykit.spi.auth.Action;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What tokens may do: up to five actions for each of up to 500 repositories or patterns. Immutable,
 * and safe for use by any number of threads. Rules add up. A scope map never opens the catalog.
 *
 * @see <a
 *     href="https://learn.microsoft.com/azure/container-registry/container-registry-token-based-repository-permissions">ACR,
 *     tokens with repository-scoped permissions</a>
 */
public final class ScopeMap {
  /** The most repositories, and the most actions, of one scope map in Azure Container Registry. */
  public static final int MAX_RULES = 500;

  private static final String REPOSITORIES = "repositories/";
  private static final Map<String, Action> ACTIONS = actionNames();

  private static final List<ScopeMap> PREDEFINED =
      List.of(
          predefined("_repositories_pull", EnumSet.of(Action.PULL)),
          predefined("_repositories_push", EnumSet.of(Action.PULL, Action.PUSH)),
          predefined(
              "_repositories_admin",
              EnumSet.of(
                  Action.PULL,
                  Action.PUSH,
                  Action.DELETE,
                  Action.METADATA_READ,
                  Action.METADATA_WRITE)));

  private final String name;
  private final Map<RepositoryPattern, Set<Action>> rules;
  private final GrantIndex index;

  private ScopeMap(String name, Map<RepositoryPattern, Set<Action>> rules) {
    this.name = name;
    this.rules = rules;
    List<Grant> grants = new ArrayList<>();
    rules.forEach(
        (pattern, actions) -> grants.add(new Grant(pattern, actions, "scope map " + name)));
    this.index = GrantIndex.of(grants);
  }

  private static Map<String, Action> actionNames() {
    Map<String, Action> names = new LinkedHashMap<>();
    names.put("content/read", Action.PULL);
    names.put("content/write", Action.PUSH);
    names.put("content/delete", Action.DELETE);
    names.put("metadata/read", Action.METADATA_READ);
    names.put("metadata/write", Action.METADATA_WRITE);
    return names;
  }

  private static ScopeMap predefined(String name, Set<Action> actions) {
    return new ScopeMap(name, Map.of(RepositoryPattern.ALL, Set.copyOf(actions)));
  }

  /**
   * The maps that every registry has: {@code _repositories_pull}, {@code _repositories_push} and
   * {@code _repositories_admin}.
   *
   * @return the maps
   */
  public static List<ScopeMap> predefined() {
    return PREDEFINED;
  }

  /**
   * A map from the strings that Azure's tools use.
   *
   * @param name its name: 5 to 50 letters, digits, dashes and underscores
   * @param actions such as {@code repositories/team/app/content/read}, with a {@link
   *     RepositoryPattern} between the first word and the last two
   * @return the map
   * @throws IllegalArgumentException if a string breaks the grammar or there are more than {@value
   *     #MAX_RULES}
   */
  public static ScopeMap parse(String name, Collection<String> actions) {
    checkName(name);
    if (actions.size() > MAX_RULES) {
      throw new IllegalArgumentException("more than " + MAX_RULES + " actions in a scope map");
    }
    Map<RepositoryPattern, Set<Action>> rules = new LinkedHashMap<>();
    for (String action : actions) {
      int verb = action.lastIndexOf('/');
      int noun = action.lastIndexOf('/', verb - 1);
      Action known = noun < 0 ? null : ACTIONS.get(action.substring(noun + 1));
      if (known == null || !action.startsWith(REPOSITORIES) || noun <= REPOSITORIES.length()) {
        throw new IllegalArgumentException(
            "an action of a scope map has the form repositories/NAME/content/read");
      }
      RepositoryPattern pattern =
          new RepositoryPattern(action.substring(REPOSITORIES.length(), noun));
      rules.computeIfAbsent(pattern, key -> EnumSet.noneOf(Action.class)).add(known);
    }
    return new ScopeMap(name, Map.copyOf(rules));
  }

  /**
   * A map from patterns and actions.
   *
   * @param name its name, as for {@link #parse}
   * @param rules at most {@value #MAX_RULES} patterns, without {@link Action#CATALOG}
   * @return the map
   * @throws IllegalArgumentException if there are more, or the catalog is among the actions
   */
  public static ScopeMap of(String name, Map<RepositoryPattern, Set<Action>> rules) {
    checkName(name);
    if (rules.size() > MAX_RULES) {
      throw new IllegalArgumentException("more than " + MAX_RULES + " rules in a scope map");
    }
    Map<RepositoryPattern, Set<Action>> copy = new LinkedHashMap<>();
    rules.forEach(
        (pattern, actions) -> {
          if (actions.contains(Action.CATALOG)) {
            throw new IllegalArgumentException("a scope map does not open the catalog");
          }
          copy.put(pattern, Set.copyOf(actions));
        });
    return new ScopeMap(name, Map.copyOf(copy));
  }

  private static void checkName(String name) {
    if (!name.matches("[a-zA-Z0-9_-]{5,50}") || name.startsWith("_")) {
      throw new IllegalArgumentException(
          "scope map name needs 5 to 50 letters, digits, dashes and underscores, and no"
              + " underscore first");
    }
  }

  /**
   * The name of the map.
   *
   * @return its name
   */
  public String name() {
    return name;
  }

  /**
   * The rules of the map.
   *
   * @return actions by pattern
   */
  public Map<RepositoryPattern, Set<Action>> rules() {
    return rules;
  }

  /**
   * The rules in the form that Azure's tools use.
   *
   * @return sorted strings, such as {@code repositories/team/app/content/read}
   */
  public List<String> actions() {
    Set<String> texts = new LinkedHashSet<>();
    rules.forEach(
        (pattern, actions) ->
            ACTIONS.forEach(
                (text, action) -> {
                  if (actions.contains(action)) {
                    texts.add(REPOSITORIES + pattern + "/" + text);
                  }
                }));
    return texts.stream().sorted().toList();
  }

  /**
   * Whether the map opens something.
   *
   * @param access an action on a repository
   * @return false for everything that no rule covers
   */
  public boolean covers(Access access) {
    return index.covers(access);
  }

  @Override
  public String toString() {
    return "ScopeMap[" + name + ", " + rules.size() + " rules]";
  }
}
