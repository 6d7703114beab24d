package io.registrykit.internal.auth;

import io.registrykit.auth.PasswordName;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Up to two passwords of one account, and whether it may be used. Immutable.
 *
 * @param first the first password, or null
 * @param second the second password, or null
 * @param enabled whether anybody gets in
 */
public record PasswordPair(
    @Nullable StoredPassword first, @Nullable StoredPassword second, boolean enabled) {

  /**
   * No passwords yet.
   *
   * @param enabled whether anybody gets in
   * @return the pair
   */
  public static PasswordPair none(boolean enabled) {
    return new PasswordPair(null, null, enabled);
  }

  /**
   * The pair with one password replaced.
   *
   * @param which which one
   * @param secret the new password
   * @param expiresAt when it ends, or null
   * @return a copy
   */
  public PasswordPair with(PasswordName which, String secret, @Nullable Instant expiresAt) {
    StoredPassword stored = new StoredPassword(secret, expiresAt);
    return which == PasswordName.PASSWORD1
        ? new PasswordPair(stored, second, enabled)
        : new PasswordPair(first, stored, enabled);
  }

  /**
   * The pair, enabled or disabled.
   *
   * @param newEnabled whether anybody gets in
   * @return a copy
   */
  public PasswordPair withEnabled(boolean newEnabled) {
    return new PasswordPair(first, second, newEnabled);
  }

  /**
   * Checks a password.
   *
   * @param secret what was shown
   * @param now the present
   * @return the stamp of the password that it is, or empty
   */
  public Optional<String> check(String secret, Instant now) {
    byte[] shown = Secrets.digest(secret);
    Optional<String> one = check(first, shown, now);
    Optional<String> two = check(second, shown, now);
    return enabled ? one.or(() -> two) : Optional.empty();
  }

  private static Optional<String> check(
      @Nullable StoredPassword password, byte[] shown, Instant now) {
    return password != null && password.matches(shown) && password.isAliveAt(now)
        ? Optional.of(password.stamp())
        : Optional.empty();
  }

  /**
   * Whether a password is still good.
   *
   * @param stamp the stamp of the password
   * @param now the present
   * @return false when it was replaced, has expired or nobody gets in
   */
  public boolean stands(String stamp, Instant now) {
    return enabled && (stands(first, stamp, now) || stands(second, stamp, now));
  }

  private static boolean stands(@Nullable StoredPassword password, String stamp, Instant now) {
    return password != null && password.stamp().equals(stamp) && password.isAliveAt(now);
  }
}
