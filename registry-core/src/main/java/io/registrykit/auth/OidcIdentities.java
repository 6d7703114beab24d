package io.registrykit.auth;

import io.registrykit.internal.auth.OidcVerifier;
import io.registrykit.spi.auth.Credentials;
import io.registrykit.spi.auth.Principal;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The callers of an identity provider: checks the access tokens of one OpenID Connect issuer, such
 * as Microsoft Entra ID. Safe for use by any number of threads.
 *
 * <p>A caller is {@code SOURCE:SUBJECT}, such as {@code oidc:42}. The values of the claims {@code
 * groups} and {@code roles} become its groups, as {@code SOURCE-group:VALUE} and {@code
 * SOURCE-role:VALUE}; they open what {@link AccessRules#assignToGroup} gives to those names and
 * nothing by themselves. What a token says replaces what an earlier one said.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9068">RFC 9068, JWT profile for access tokens</a>
 */
public final class OidcIdentities implements Identities {
  private final String source;
  private final OidcVerifier verifier;

  private OidcIdentities(String source, OidcVerifier verifier) {
    this.source = source;
    this.verifier = verifier;
  }

  /**
   * Starts to describe a provider.
   *
   * @param issuer the exact value of the claim {@code iss}
   * @param keys the provider's JWK set, from a URL or a file; read again every 15 minutes, when its
   *     version is another, and when a token names a key that is not in it, but not more than twice
   *     in 30 seconds. While it cannot be read, the keys that were good stay so, for a day at most
   * @return a builder that needs an audience
   */
  public static Builder builder(String issuer, TextSource keys) {
    return new Builder(issuer, keys);
  }

  @Override
  public String source() {
    return source;
  }

  @Override
  public Optional<SignIn> signIn(Credentials credentials) throws IOException {
    return credentials instanceof Credentials.Bearer bearer
        ? verifier.verify(bearer.token()).map(principal -> new SignIn(principal, ""))
        : Optional.empty();
  }

  /** The provider is not asked again: what it vouched for lasts as long as the registry's token. */
  @Override
  public boolean stands(Principal principal, String stamp) {
    return principal.name().startsWith(source + ":");
  }

  /** Describes a provider. Not safe for use by several threads at once. */
  public static final class Builder {
    private final String issuer;
    private final TextSource keys;
    private final Set<String> audiences = new LinkedHashSet<>();
    private @Nullable String tenant;
    private String subjectClaim = "sub";
    private String source = "oidc";
    private Clock clock = Clock.systemUTC();

    private Builder(String issuer, TextSource keys) {
      this.issuer = issuer;
      this.keys = keys;
    }

    /**
     * For whom tokens must be made out; needed, and any of several will do.
     *
     * @param audience a value of the claim {@code aud}, such as {@link Directory#AUDIENCE}
     * @return this builder
     */
    public Builder audience(String audience) {
      audiences.add(audience);
      return this;
    }

    /**
     * Whose tokens count; those of every tenant of the issuer unless told otherwise.
     *
     * @param newTenant the value that the claim {@code tid} must have
     * @return this builder
     */
    public Builder tenant(String newTenant) {
      this.tenant = newTenant;
      return this;
    }

    /**
     * Which claim tells callers apart; {@code sub} unless told otherwise, {@code oid} suits Entra
     * ID.
     *
     * @param claim the name of a claim that no caller can choose
     * @return this builder
     */
    public Builder subjectClaim(String claim) {
      this.subjectClaim = claim;
      return this;
    }

    /**
     * The name of the source, for a registry with several providers; {@code oidc} unless told
     * otherwise.
     *
     * @param name lower-case letters
     * @return this builder
     */
    public Builder source(String name) {
      this.source = name;
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
     * Builds the source.
     *
     * @return a source that reads its keys at the first token
     * @throws IllegalStateException if it was told no audience
     */
    public OidcIdentities build() {
      if (audiences.isEmpty()) {
        throw new IllegalStateException("tokens of every audience would be taken: name one");
      }
      return new OidcIdentities(
          source,
          new OidcVerifier(
              issuer, Set.copyOf(audiences), tenant, subjectClaim, source, keys, clock));
    }
  }
}
