package io.registrykit.internal.engine;

import io.registrykit.api.ApiRequest;
import io.registrykit.auth.OpenAccess;
import io.registrykit.error.AccessException;
import io.registrykit.error.ErrorCode;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.auth.Access;
import io.registrykit.spi.auth.Action;
import io.registrykit.spi.auth.Principal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks nobody for credentials and looks at none: everybody is anonymous and may do the same.
 * Immutable.
 */
public final class OpenAccessControl implements AccessControl, Caller {
  private final Set<Action> actions;

  /**
   * An open registry.
   *
   * @param choice what everybody may do
   */
  public OpenAccessControl(OpenAccess choice) {
    this.actions = choice.actions();
  }

  @Override
  public Caller identify(ApiRequest request) {
    return this;
  }

  @Override
  public AccessException refusal(Caller caller, Set<Access> needed) {
    return new AccessException(ErrorCode.DENIED, "this registry is read-only");
  }

  @Override
  public List<String> challenges(ApiRequest request, Set<Access> needed) {
    return List.of(Challenge.basic());
  }

  @Override
  public Principal principal() {
    return Principal.ANONYMOUS;
  }

  @Override
  public boolean isSignedIn() {
    return true;
  }

  @Override
  public boolean permits(@Nullable RepositoryName repository, Set<Action> needed) {
    return actions.containsAll(needed);
  }
}
