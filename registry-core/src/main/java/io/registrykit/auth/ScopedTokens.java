package io.registrykit.auth;

import io.registrykit.internal.auth.PasswordPair;
import io.registrykit.internal.auth.Secrets;
import io.registrykit.internal.auth.store.PasswordsFormat;
import io.registrykit.internal.auth.store.StoredTable;
import io.registrykit.spi.auth.Credentials;
import io.registrykit.spi.auth.Principal;
import io.registrykit.spi.store.DocumentStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Accounts with a scope map and two passwords, for machines that are to reach a few repositories.
 * Safe for use by any number of threads; every change acts at once and ends the tokens that rest on
 * what it changed.
 *
 * @see <a
 *     href="https://learn.microsoft.com/azure/container-registry/container-registry-token-based-repository-permissions">ACR,
 *     tokens with repository-scoped permissions</a>
 */
public final class ScopedTokens implements Identities {
  /** The most tokens of a Premium registry. */
  public static final int MAX_TOKENS = 50_000;

  private final StoredTable<PasswordPair> tokens;
  private final AccessRules rules;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  /**
   * No tokens yet; they end with the process.
   *
   * @param rules what knows the scope maps, and gets the bindings
   * @param clock what tells the time
   */
  public ScopedTokens(AccessRules rules, Clock clock) {
    this(rules, null, clock);
  }

  /**
   * Tokens that are kept.
   *
   * @param rules what knows the scope maps, and gets the bindings; kept in the same documents
   * @param documents where the hashes of the passwords are kept, those of one registry alone. Null
   *     to keep them as long as the process lasts
   * @param clock what tells the time
   */
  public ScopedTokens(AccessRules rules, @Nullable DocumentStore documents, Clock clock) {
    this.rules = rules;
    this.clock = clock;
    this.tokens = StoredTable.large(documents, "scoped-tokens", new PasswordsFormat());
  }

  /**
   * Makes a token, enabled and without passwords.
   *
   * @param name its name, which is the user name: 5 to 50 letters, digits, dashes and underscores
   * @param scopeMap what it may do
   * @throws IllegalArgumentException if the name is taken or breaks the grammar, or there is no
   *     such map
   * @throws IllegalStateException if there are {@value #MAX_TOKENS} tokens
   */
  public void create(String name, String scopeMap) {
    if (!name.matches("[a-zA-Z0-9_-]{5,50}")) {
      throw new IllegalArgumentException(
          "token name needs 5 to 50 letters, digits, dashes and underscores");
    }
    if (tokens.size() >= MAX_TOKENS) {
      throw new IllegalStateException("there are " + MAX_TOKENS + " tokens already");
    }
    requireMap(scopeMap);
    tokens.change(
        name,
        there -> {
          if (there != null) {
            throw new IllegalArgumentException("there is a token called " + name);
          }
          return PasswordPair.none(true);
        });
    rules.bind(Principals.token(name), scopeMap);
  }

  private void requireMap(String scopeMap) {
    if (rules.scopeMap(scopeMap).isEmpty()) {
      throw new IllegalArgumentException("there is no scope map called " + scopeMap);
    }
  }

  /**
   * Gives a token another scope map.
   *
   * @param name the token
   * @param scopeMap what it may do from now on
   * @throws NoSuchElementException if there is no such token
   * @throws IllegalArgumentException if there is no such map
   */
  public void setScopeMap(String name, String scopeMap) {
    requireMap(scopeMap);
    change(name, pair -> pair);
    rules.bind(Principals.token(name), scopeMap);
  }

  /**
   * Replaces a password.
   *
   * @param name the token
   * @param which which one
   * @param expiresAt when the new one ends, or null for never
   * @return the new password, which cannot be read again
   * @throws NoSuchElementException if there is no such token
   */
  public String generatePassword(String name, PasswordName which, @Nullable Instant expiresAt) {
    String secret = Secrets.generate(random);
    change(name, pair -> pair.with(which, secret, expiresAt));
    return secret;
  }

  /**
   * Enables or disables a token.
   *
   * @param name the token
   * @param enabled whether it is let in
   * @throws NoSuchElementException if there is no such token
   */
  public void setEnabled(String name, boolean enabled) {
    change(name, pair -> pair.withEnabled(enabled));
  }

  private void change(String name, UnaryOperator<PasswordPair> change) {
    tokens.change(
        name,
        pair -> {
          if (pair == null) {
            throw new NoSuchElementException("there is no token called " + name);
          }
          return change.apply(pair);
        });
  }

  /**
   * Removes a token.
   *
   * @param name the token
   * @return false when there was none
   */
  public boolean delete(String name) {
    boolean deleted = tokens.get(name) != null;
    tokens.change(name, there -> null);
    rules.forget(Principals.token(name));
    return deleted;
  }

  /**
   * The tokens.
   *
   * @return their names, sorted
   */
  public Set<String> names() {
    return tokens.keys();
  }

  @Override
  public String source() {
    return "token";
  }

  @Override
  public Optional<SignIn> signIn(Credentials credentials) {
    if (!(credentials instanceof Credentials.Password password)) {
      return Optional.empty();
    }
    PasswordPair known = tokens.get(password.user());
    return (known == null ? PasswordPair.none(false) : known)
        .check(password.secret(), clock.instant())
        .map(stamp -> new SignIn(Principals.token(password.user()), stamp));
  }

  @Override
  public boolean stands(Principal principal, String stamp) {
    String prefix = Principals.token("").name();
    PasswordPair pair =
        principal.name().startsWith(prefix)
            ? tokens.get(principal.name().substring(prefix.length()))
            : null;
    return pair != null && pair.stands(stamp, clock.instant());
  }
}
