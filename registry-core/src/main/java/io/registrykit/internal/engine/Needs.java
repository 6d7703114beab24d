package io.registrykit.internal.engine;

import io.registrykit.model.RepositoryName;
import io.registrykit.spi.auth.Access;
import io.registrykit.spi.auth.Action;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a caller needs before a route answers. Immutable.
 *
 * @param gate who is let in
 * @param actions the permissions that are needed, for {@link Gate#PERMISSION} alone
 */
public record Needs(Gate gate, Set<Action> actions) {

  /** Who is let in. Immutable. */
  public enum Gate {
    /** Whoever has the permissions. */
    PERMISSION,
    /** Whoever has signed in; everybody, where no credentials would open more. */
    SIGN_IN,
    /** Everybody: the route checks for itself. */
    NONE
  }

  private static final Needs SIGN_IN = new Needs(Gate.SIGN_IN, Set.of());
  private static final Needs NOTHING = new Needs(Gate.NONE, Set.of());

  /**
   * Copies the actions.
   *
   * @throws IllegalArgumentException if actions are missing, or given where none are looked at
   */
  public Needs {
    if (actions.isEmpty() == (gate == Gate.PERMISSION)) {
      throw new IllegalArgumentException("a permission, and nothing else, needs actions");
    }
    actions = Set.copyOf(actions);
  }

  /**
   * Permissions on the repository of the route, or on the registry when the route has none.
   *
   * @param first a permission
   * @param more further ones
   * @return the needs
   */
  public static Needs of(Action first, Action... more) {
    return new Needs(Gate.PERMISSION, EnumSet.of(first, more));
  }

  /**
   * A caller who has signed in, wherever signing in makes a difference.
   *
   * @return the needs
   */
  public static Needs signIn() {
    return SIGN_IN;
  }

  /**
   * Nothing, because the operation itself finds out who calls.
   *
   * @return the needs
   */
  public static Needs nothing() {
    return NOTHING;
  }

  /**
   * The needs in the terms of an {@link io.registrykit.spi.auth.Authorizer}.
   *
   * @param repository the repository of the request, or null
   * @return one access for each action
   */
  public Set<Access> on(@Nullable RepositoryName repository) {
    return on(repository, actions);
  }

  static Set<Access> on(@Nullable RepositoryName repository, Set<Action> actions) {
    if (actions.size() == 1) {
      return Set.of(new Access(repository, actions.iterator().next()));
    }
    Set<Access> accesses = new LinkedHashSet<>();
    for (Action action : actions) {
      accesses.add(new Access(repository, action));
    }
    return accesses;
  }
}
