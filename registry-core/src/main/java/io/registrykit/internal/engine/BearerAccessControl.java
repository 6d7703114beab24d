package io.registrykit.internal.engine;

import io.registrykit.api.ApiRequest;
import io.registrykit.auth.RegistryAccess;
import io.registrykit.error.AccessException;
import io.registrykit.error.ErrorCode;
import io.registrykit.internal.auth.Scopes;
import io.registrykit.internal.auth.Session;
import io.registrykit.internal.auth.SignInService;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.auth.Access;
import io.registrykit.spi.auth.Action;
import io.registrykit.spi.auth.Credentials;
import io.registrykit.spi.auth.Principal;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Knows callers by the tokens that the registry issues, and by name and password; asks for a token.
 * Immutable.
 *
 * @see <a href="https://distribution.github.io/distribution/spec/auth/token/">Docker Registry,
 *     token authentication</a>
 */
public final class BearerAccessControl implements AccessControl {
  private final SignInService service;

  /**
   * A registry with tokens.
   *
   * @param service signs callers in
   */
  public BearerAccessControl(SignInService service) {
    this.service = service;
  }

  @Override
  public Caller identify(ApiRequest request) throws IOException {
    Credentials credentials =
        AuthorizationHeader.read(request.headers()).orElseThrow(BearerAccessControl::invalid);
    if (credentials instanceof Credentials.Bearer bearer) {
      Session session =
          service.accessToken(bearer.token()).orElseThrow(BearerAccessControl::invalid);
      return new SessionCaller(session, service);
    }
    Session session =
        credentials instanceof Credentials.Password password
            ? service.password(password, request.remoteAddress())
            : Session.ANONYMOUS;
    return new SessionCaller(session, service);
  }

  /** The same for every reason, so that nobody learns which part was wrong. */
  static AccessException invalid() {
    return new AccessException(ErrorCode.UNAUTHORIZED, "the credentials are not valid");
  }

  /** A token that is too short asks for another one: clients take 403 as the last word. */
  @Override
  public AccessException refusal(Caller caller, Set<Access> needed) {
    boolean final403 =
        caller instanceof SessionCaller known
            && known.isSignedIn()
            && known.session().limit() == null;
    return final403
        ? new AccessException(ErrorCode.DENIED, ErrorCode.DENIED.defaultMessage(), detail(needed))
        : new AccessException(
            ErrorCode.UNAUTHORIZED, ErrorCode.UNAUTHORIZED.defaultMessage(), detail(needed));
  }

  private static Map<String, String> detail(Set<Access> needed) {
    Map<String, String> detail = new TreeMap<>();
    if (!needed.isEmpty()) {
      String scope = Scopes.write(needed);
      detail.put("Type", scope.substring(0, scope.indexOf(':')));
      detail.put("Name", scope.substring(scope.indexOf(':') + 1, scope.lastIndexOf(':')));
      detail.put("Action", scope.substring(scope.lastIndexOf(':') + 1));
    }
    return detail;
  }

  @Override
  public List<String> challenges(ApiRequest request, Set<Access> needed) {
    RegistryAccess access = service.access();
    boolean shown = request.headers().first("Authorization").isPresent();
    return List.of(
        Challenge.bearer(
            access.loginServer(),
            Scopes.write(needed),
            Realm.of(access, request) + TokenOperations.TOKEN_PATH,
            shown && !needed.isEmpty() ? "insufficient_scope" : null));
  }

  /** A caller and what its credentials open. */
  private record SessionCaller(Session session, SignInService service) implements Caller {
    @Override
    public Principal principal() {
      return session.principal();
    }

    /** A token for nobody in particular is what anonymous callers get, and they come this far. */
    @Override
    public boolean isSignedIn() {
      return session.isSignedIn() || session.limit() != null;
    }

    @Override
    public boolean permits(@Nullable RepositoryName repository, Set<Action> actions)
        throws IOException {
      Set<Access> needed = Needs.on(repository, actions);
      return service.permitted(session, needed).containsAll(needed);
    }
  }
}
