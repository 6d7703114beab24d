package io.registrykit.auth;

import io.registrykit.spi.auth.Access;
import io.registrykit.spi.auth.Action;
import io.registrykit.spi.auth.Authorizer;
import io.registrykit.spi.auth.Principal;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Permission for everybody, chosen by name because nothing is open by default. Immutable, and safe
 * for use by any number of threads.
 *
 * <p>Without an {@link io.registrykit.spi.auth.Authenticator} nobody is asked for credentials; with
 * one, everybody whom it knows may do what this permits.
 */
public final class OpenAccess implements Authorizer {
  private static final OpenAccess READ_WRITE = new OpenAccess(Set.of(Action.values()));
  private static final OpenAccess READ_ONLY =
      new OpenAccess(Set.of(Action.PULL, Action.METADATA_READ, Action.CATALOG));

  private final Set<Action> actions;

  private OpenAccess(Set<Action> actions) {
    this.actions = actions;
  }

  /**
   * Everybody may pull, push, delete and list: for tests and for networks that are trusted.
   *
   * @return the choice
   */
  public static OpenAccess readWrite() {
    return READ_WRITE;
  }

  /**
   * Everybody may pull and list, nobody may change anything.
   *
   * @return the choice
   */
  public static OpenAccess readOnly() {
    return READ_ONLY;
  }

  /**
   * What everybody may do.
   *
   * @return the actions, on every repository and on the registry
   */
  public Set<Action> actions() {
    return actions;
  }

  @Override
  public Set<Access> permitted(Principal principal, Set<Access> requested) {
    Set<Access> permitted = new LinkedHashSet<>();
    for (Access access : requested) {
      if (actions.contains(access.action())) {
        permitted.add(access);
      }
    }
    return permitted;
  }
}
