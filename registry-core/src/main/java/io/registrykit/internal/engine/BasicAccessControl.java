package io.registrykit.internal.engine;

import io.registrykit.api.ApiRequest;
import io.registrykit.error.AccessException;
import io.registrykit.error.ErrorCode;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.auth.Access;
import io.registrykit.spi.auth.Action;
import io.registrykit.spi.auth.Authenticator;
import io.registrykit.spi.auth.Authorizer;
import io.registrykit.spi.auth.Credentials;
import io.registrykit.spi.auth.Principal;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Knows callers by what an {@link Authenticator} makes of the {@code Authorization} header, and
 * asks for name and password. Immutable.
 */
public final class BasicAccessControl implements AccessControl {
  private final Authenticator authenticator;
  private final Authorizer authorizer;

  /**
   * A registry with sign-in.
   *
   * @param authenticator tells who a caller is
   * @param authorizer tells what a caller may do
   */
  public BasicAccessControl(Authenticator authenticator, Authorizer authorizer) {
    this.authenticator = authenticator;
    this.authorizer = authorizer;
  }

  @Override
  public Caller identify(ApiRequest request) throws IOException {
    Credentials credentials =
        AuthorizationHeader.read(request.headers())
            .orElseThrow(BasicAccessControl::unknownCredentials);
    Optional<Principal> principal = authenticator.authenticate(credentials);
    if (principal.isEmpty() && !(credentials instanceof Credentials.None)) {
      throw unknownCredentials();
    }
    return new KnownCaller(principal.orElse(null), authorizer);
  }

  /** The same for every reason, so that nobody learns which part was wrong. */
  private static AccessException unknownCredentials() {
    return new AccessException(ErrorCode.UNAUTHORIZED, "the credentials are not valid");
  }

  @Override
  public AccessException refusal(Caller caller, Set<Access> needed) {
    return caller.isSignedIn()
        ? new AccessException(ErrorCode.DENIED, ErrorCode.DENIED.defaultMessage())
        : new AccessException(ErrorCode.UNAUTHORIZED, ErrorCode.UNAUTHORIZED.defaultMessage());
  }

  @Override
  public List<String> challenges(ApiRequest request, Set<Access> needed) {
    return List.of(Challenge.basic());
  }

  /** Null when the authenticator lets nobody in without credentials. */
  private record KnownCaller(@Nullable Principal known, Authorizer authorizer) implements Caller {
    @Override
    public Principal principal() {
      return known == null ? Principal.ANONYMOUS : known;
    }

    @Override
    public boolean isSignedIn() {
      return known != null && !known.equals(Principal.ANONYMOUS);
    }

    @Override
    public boolean permits(@Nullable RepositoryName repository, Set<Action> actions)
        throws IOException {
      if (known == null) {
        return false;
      }
      Set<Access> needed = Needs.on(repository, actions);
      return authorizer.permitted(known, needed).containsAll(needed);
    }
  }
}
