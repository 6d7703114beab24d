package io.registrykit.internal.auth;

import io.registrykit.auth.RegistryAccess;
import io.registrykit.error.AccessException;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.LimitException;
import io.registrykit.spi.auth.Access;
import io.registrykit.spi.auth.Credentials;
import io.registrykit.spi.auth.Principal;
import io.registrykit.spi.auth.TokenGrant;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Signs callers in and issues tokens. Immutable, and safe for use by any number of threads. */
public final class SignInService {
  /** The user name that goes with a token as the password. */
  public static final String TOKEN_USER = "00000000-0000-0000-0000-000000000000";

  private final RegistryAccess access;
  private final SignInThrottle throttle;

  /**
   * A service.
   *
   * @param access who is let in and what tokens are like
   */
  public SignInService(RegistryAccess access) {
    this.access = access;
    this.throttle = new SignInThrottle(access.clock());
  }

  /**
   * The settings.
   *
   * @return who is let in and what tokens are like
   */
  public RegistryAccess access() {
    return access;
  }

  /**
   * Signs in with a name and a password, or with a token in its place.
   *
   * @param password what was shown
   * @param address where from, or null
   * @return who it is
   * @throws AccessException ({@code UNAUTHORIZED}) if it is wrong
   * @throws LimitException if too many were wrong before
   * @throws IOException if what is behind cannot be asked
   */
  public Session password(Credentials.Password password, @Nullable String address)
      throws IOException {
    return throttled(
        password.user().equals(TOKEN_USER) ? null : password.user(),
        address,
        () ->
            password.user().equals(TOKEN_USER)
                ? verified(password.secret())
                    .map(grant -> new Session(grant.subject(), grant.stamp(), limitOf(grant)))
                : access.identities().signIn(password).map(Session::of));
  }

  /** A refresh token stands for its owner, an access token for what it opens. */
  private static @Nullable Set<Access> limitOf(TokenGrant grant) {
    return grant.use() == TokenGrant.Use.ACCESS ? grant.access() : null;
  }

  /**
   * Signs in with an access token of an identity provider.
   *
   * @param token what was shown
   * @param address where from, or null
   * @return who it is
   * @throws AccessException ({@code UNAUTHORIZED}) if it is wrong
   * @throws LimitException if too many were wrong before
   * @throws IOException if what is behind cannot be asked
   */
  public Session providerToken(String token, @Nullable String address) throws IOException {
    return throttled(
        null,
        address,
        () -> access.identities().signIn(new Credentials.Bearer(token)).map(Session::of));
  }

  /**
   * Signs in with a refresh token of this registry.
   *
   * @param token what was shown
   * @param address where from, or null
   * @return who it is
   * @throws AccessException ({@code UNAUTHORIZED}) if it is wrong
   * @throws LimitException if too many were wrong before
   * @throws IOException if what is behind cannot be asked
   */
  public Session refreshToken(String token, @Nullable String address) throws IOException {
    return throttled(
        null,
        address,
        () ->
            verified(token)
                .filter(grant -> grant.use() == TokenGrant.Use.REFRESH)
                .map(grant -> new Session(grant.subject(), grant.stamp(), null)));
  }

  /**
   * Signs in with an access token of this registry. A wrong one costs no more than a signature, and
   * cannot be guessed: so nobody is slowed down.
   *
   * @param token what was shown
   * @return who it is and what the token opens, or empty when it is wrong or has ended
   * @throws IOException if what is behind cannot be asked
   */
  public Optional<Session> accessToken(String token) throws IOException {
    return verified(token)
        .filter(grant -> grant.use() == TokenGrant.Use.ACCESS)
        .map(grant -> new Session(grant.subject(), grant.stamp(), grant.access()));
  }

  /** What a token says, as long as what it rests on stands. */
  private Optional<TokenGrant> verified(String token) throws IOException {
    Optional<TokenGrant> grant = access.issuer().verify(token);
    if (grant.isEmpty()) {
      return grant;
    }
    Principal subject = grant.get().subject();
    return subject.equals(Principal.ANONYMOUS)
            || access.identities().stands(subject, grant.get().stamp())
        ? grant
        : Optional.empty();
  }

  private interface Attempt {
    Optional<Session> make() throws IOException;
  }

  /** Tokens cannot be guessed, so that they count for the address alone: the identity is null. */
  private Session throttled(@Nullable String identity, @Nullable String address, Attempt attempt)
      throws IOException {
    Optional<Duration> wait = throttle.waitFor(identity, address);
    if (wait.isPresent()) {
      throw LimitException.tooMany("too many failed attempts to sign in", wait.get());
    }
    Optional<Session> session = attempt.make();
    if (session.isEmpty()) {
      throttle.failed(identity, address);
      throw new AccessException(ErrorCode.UNAUTHORIZED, "the credentials are not valid");
    }
    throttle.succeeded(identity, address);
    return session.get();
  }

  /**
   * Picks what a caller may do.
   *
   * @param session the caller
   * @param wanted what is asked for
   * @return the part that is permitted now, and that the token which was shown opens
   * @throws IOException if what is behind cannot be asked
   */
  public Set<Access> permitted(Session session, Set<Access> wanted) throws IOException {
    Set<Access> limit = session.limit();
    Set<Access> within = wanted;
    if (limit != null && !limit.containsAll(wanted)) {
      within = new LinkedHashSet<>(wanted);
      within.retainAll(limit);
    }
    return within.isEmpty() ? within : access.authorizer().permitted(session.principal(), within);
  }

  /**
   * Issues an access token.
   *
   * @param session for whom
   * @param wanted what it is to open; what is not permitted is left out
   * @return the token
   * @throws IOException if what is behind cannot be asked
   */
  public String issueAccess(Session session, Set<Access> wanted) throws IOException {
    return issue(
        TokenGrant.Use.ACCESS, session, permitted(session, wanted), access.accessTokenLife());
  }

  /**
   * Issues a refresh token.
   *
   * @param session for whom; not one that a token limits
   * @return the token
   * @throws IllegalArgumentException if a token limits it: the new one would open more
   */
  public String issueRefresh(Session session) {
    if (session.limit() != null) {
      throw new IllegalArgumentException("an access token gets no refresh token");
    }
    return issue(TokenGrant.Use.REFRESH, session, Set.of(), access.refreshTokenLife());
  }

  private String issue(TokenGrant.Use use, Session session, Set<Access> granted, Duration life) {
    Instant expires = access.clock().instant().truncatedTo(ChronoUnit.SECONDS).plus(life);
    return access
        .issuer()
        .issue(
            new TokenGrant(
                use, session.principal(), session.stamp(), access.loginServer(), granted, expires));
  }
}
