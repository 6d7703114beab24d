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
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The one account that may do everything: off by default, called like the registry, with two
 * passwords of which one serves while the other is replaced. Safe for use by any number of threads.
 *
 * @see <a
 *     href="https://learn.microsoft.com/azure/container-registry/container-registry-authentication#admin-account">ACR,
 *     admin account</a>
 */
public final class AdminAccount implements Identities {
  private static final int LEAST_LENGTH = 16;

  private final String registry;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final StoredTable<PasswordPair> accounts;

  /**
   * An account that is off and has no passwords; what becomes of it ends with the process.
   *
   * @param registry the name of the registry, which is the user name
   * @param clock what tells the time
   */
  public AdminAccount(String registry, Clock clock) {
    this(registry, null, clock);
  }

  /**
   * An account that is kept; off and without passwords at first.
   *
   * @param registry the name of the registry, which is the user name
   * @param documents where the hashes of the passwords are kept. Null to keep them as long as the
   *     process lasts
   * @param clock what tells the time
   */
  public AdminAccount(String registry, @Nullable DocumentStore documents, Clock clock) {
    this.registry = registry;
    this.clock = clock;
    this.accounts = StoredTable.small(documents, "admin-account", new PasswordsFormat());
  }

  private PasswordPair passwords() {
    PasswordPair known = accounts.get(registry);
    return known == null ? PasswordPair.none(false) : known;
  }

  private void change(UnaryOperator<PasswordPair> change) {
    accounts.change(
        registry, known -> change.apply(known == null ? PasswordPair.none(false) : known));
  }

  /** Lets the account in. */
  public void enable() {
    change(pair -> pair.withEnabled(true));
  }

  /** Shuts the account out, and ends every token that it got. */
  public void disable() {
    change(pair -> pair.withEnabled(false));
  }

  /**
   * Whether the account is let in.
   *
   * @return false unless it was enabled
   */
  public boolean isEnabled() {
    return passwords().enabled();
  }

  /**
   * Whether the account has a password.
   *
   * @return false at first
   */
  public boolean hasPassword() {
    PasswordPair known = passwords();
    return known.first() != null || known.second() != null;
  }

  /**
   * Replaces a password, and ends every token that the old one got.
   *
   * @param which which one
   * @return the new password, which cannot be read again
   */
  public String regenerate(PasswordName which) {
    String secret = Secrets.generate(random);
    change(pair -> pair.with(which, secret, null));
    return secret;
  }

  /**
   * Sets a password that was generated elsewhere, such as one from the secrets of a deployment.
   *
   * @param which which one
   * @param secret at least 16 random characters: it is kept for fast comparison, which what people
   *     think of does not withstand
   * @throws IllegalArgumentException if it is shorter
   */
  public void setPassword(PasswordName which, String secret) {
    if (secret.length() < LEAST_LENGTH) {
      throw new IllegalArgumentException("the password is shorter than " + LEAST_LENGTH);
    }
    change(pair -> pair.with(which, secret, null));
  }

  /**
   * Who the account is.
   *
   * @return the principal
   */
  public Principal principal() {
    return Principals.admin(registry);
  }

  @Override
  public String source() {
    return "admin";
  }

  @Override
  public Optional<SignIn> signIn(Credentials credentials) {
    return credentials instanceof Credentials.Password password && password.user().equals(registry)
        ? passwords()
            .check(password.secret(), clock.instant())
            .map(stamp -> new SignIn(principal(), stamp))
        : Optional.empty();
  }

  @Override
  public boolean stands(Principal principal, String stamp) {
    return principal.equals(principal()) && passwords().stands(stamp, clock.instant());
  }

  @Override
  public String toString() {
    return "AdminAccount[" + registry + (isEnabled() ? ", on]" : ", off]");
  }
}
