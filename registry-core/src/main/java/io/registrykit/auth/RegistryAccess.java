package io.registrykit.auth;

import io.registrykit.internal.auth.IdentityChain;
import io.registrykit.spi.auth.Authorizer;
import io.registrykit.spi.auth.TokenIssuer;
import io.registrykit.spi.store.DocumentStore;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How callers sign in to a registry that issues tokens, and what they may do then: everything that
 * {@link io.registrykit.api.RegistryApi} has to know of it. Immutable, and safe for use by any
 * number of threads.
 *
 * @param loginServer the name under which clients reach the registry: the {@code service} of the
 *     challenge and the audience of its tokens
 * @param realm scheme, host and port under which clients find the token endpoint, or null to take
 *     host and port from the request and the scheme from {@code scheme}
 * @param scheme {@code https} or {@code http}: how clients reach the registry
 * @param identities who is let in
 * @param authorizer who may do what
 * @param issuer makes and checks the tokens
 * @param accessTokenLife how long an access token lives, 1 minute to 1 day
 * @param refreshTokenLife how long a refresh token lives, 1 minute to 1 day
 * @param clock what tells the time
 */
public record RegistryAccess(
    String loginServer,
    @Nullable URI realm,
    String scheme,
    Identities identities,
    Authorizer authorizer,
    TokenIssuer issuer,
    Duration accessTokenLife,
    Duration refreshTokenLife,
    Clock clock) {

  /**
   * Checks the figures.
   *
   * @throws IllegalArgumentException if one is outside its bounds
   */
  public RegistryAccess {
    check(accessTokenLife);
    check(refreshTokenLife);
    if (loginServer.isEmpty() || !loginServer.matches("[A-Za-z0-9.:\\[\\]_-]+")) {
      throw new IllegalArgumentException(
          "the login server needs to be a host, with or without port");
    }
    if (!scheme.equals("https") && !scheme.equals("http")) {
      throw new IllegalArgumentException("the scheme needs to be https or http");
    }
  }

  private static void check(Duration life) {
    if (life.compareTo(Duration.ofMinutes(1)) < 0 || life.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("a token lives from 1 minute to 1 day");
    }
  }

  /**
   * Starts to describe the access to a registry.
   *
   * @param loginServer the name under which clients reach it, such as {@code registry.example}
   * @return a builder that needs documents and an authorizer
   */
  public static Builder builder(String loginServer) {
    return new Builder(loginServer);
  }

  /** Describes the access to a registry. Not safe for use by several threads at once. */
  public static final class Builder {
    private final String loginServer;
    private final List<Identities> identities = new ArrayList<>();
    private @Nullable URI realm;
    private String scheme = "https";
    private @Nullable Authorizer authorizer;
    private @Nullable DocumentStore documents;
    private @Nullable TokenIssuer issuer;
    private Duration accessTokenLife = Duration.ofMinutes(75);
    private Duration refreshTokenLife = Duration.ofHours(3);
    private Clock clock = Clock.systemUTC();

    private Builder(String loginServer) {
      this.loginServer = loginServer;
    }

    /**
     * Another source of identities; the sources are asked in the order in which they were added.
     *
     * @param source the source
     * @return this builder
     */
    public Builder identities(Identities source) {
      identities.add(source);
      return this;
    }

    /**
     * Who may do what; needed.
     *
     * @param newAuthorizer usually {@link AccessRules}
     * @return this builder
     */
    public Builder authorizer(Authorizer newAuthorizer) {
      this.authorizer = newAuthorizer;
      return this;
    }

    /**
     * Where the keys of the tokens are kept; needed unless there is an issuer.
     *
     * @param newDocuments the documents; if they end with the process, so do all tokens
     * @return this builder
     */
    public Builder documents(DocumentStore newDocuments) {
      this.documents = newDocuments;
      return this;
    }

    /**
     * What makes the tokens; a {@link JwtTokenIssuer} unless told otherwise.
     *
     * @param newIssuer the issuer
     * @return this builder
     */
    public Builder issuer(TokenIssuer newIssuer) {
      this.issuer = newIssuer;
      return this;
    }

    /**
     * Where clients find the token endpoint; unless told otherwise, under the host that they sent
     * their request to.
     *
     * @param newRealm scheme, host and port, without path
     * @return this builder
     */
    public Builder realm(URI newRealm) {
      this.realm = newRealm;
      return this;
    }

    /**
     * How clients reach the registry; {@code https} unless told otherwise.
     *
     * @param newScheme {@code https} or {@code http}
     * @return this builder
     */
    public Builder scheme(String newScheme) {
      this.scheme = newScheme;
      return this;
    }

    /**
     * How long access tokens live; 75 minutes unless told otherwise.
     *
     * @param life 1 minute to 1 day
     * @return this builder
     */
    public Builder accessTokenLife(Duration life) {
      this.accessTokenLife = life;
      return this;
    }

    /**
     * How long refresh tokens live; 3 hours unless told otherwise.
     *
     * @param life 1 minute to 1 day
     * @return this builder
     */
    public Builder refreshTokenLife(Duration life) {
      this.refreshTokenLife = life;
      return this;
    }

    /**
     * What tells the time; the system's clock unless told otherwise.
     *
     * @param newClock the clock
     * @return this builder
     */
    public Builder clock(Clock newClock) {
      this.clock = newClock;
      return this;
    }

    /**
     * Builds the access.
     *
     * @return a value for {@link io.registrykit.api.RegistryApi}
     * @throws IllegalStateException if it has no authorizer, or neither documents nor an issuer
     */
    public RegistryAccess build() {
      Authorizer rules = authorizer;
      if (rules == null) {
        throw new IllegalStateException("nobody may do anything: choose an authorizer");
      }
      return new RegistryAccess(
          loginServer,
          realm,
          scheme,
          new IdentityChain(identities),
          rules,
          tokenIssuer(),
          accessTokenLife,
          refreshTokenLife,
          clock);
    }

    private TokenIssuer tokenIssuer() {
      TokenIssuer chosen = issuer;
      if (chosen != null) {
        return chosen;
      }
      DocumentStore keys = documents;
      if (keys == null) {
        throw new IllegalStateException("the keys of the tokens need documents to be kept in");
      }
      return new JwtTokenIssuer(keys, loginServer, clock);
    }
  }
}
