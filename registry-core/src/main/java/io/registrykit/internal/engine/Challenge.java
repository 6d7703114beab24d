package io.registrykit.internal.engine;

import org.jspecify.annotations.Nullable;

/**
 * What {@code WWW-Authenticate} says. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1">RFC 9110, section 11.6.1</a>
 */
public final class Challenge {
  private static final String BASIC = "Basic realm=\"registry\", charset=\"UTF-8\"";

  private Challenge() {}

  /**
   * Asks for a name and a password.
   *
   * @return the challenge of RFC 7617
   */
  public static String basic() {
    return BASIC;
  }

  /**
   * Asks for a token. The order is the one that every client reads: the Azure SDK searches the
   * whole text for the words {@code service} and {@code scope}, so that nothing which may contain
   * them goes before, and the Azure command line takes no spaces behind commas.
   *
   * @param service the login server
   * @param scope what is needed, or empty where no scope is asked for
   * @param realm the address of the token endpoint
   * @param error what was wrong with the token that was shown, or null
   * @return the challenge of RFC 6750, section 3
   */
  static String bearer(String service, String scope, String realm, @Nullable String error) {
    StringBuilder challenge = new StringBuilder("Bearer service=\"").append(service).append('"');
    if (!scope.isEmpty()) {
      challenge.append(",scope=\"").append(scope).append('"');
    }
    challenge.append(",realm=\"").append(realm).append('"');
    if (error != null) {
      challenge.append(",error=\"").append(error).append('"');
    }
    return challenge.toString();
  }
}
