package io.registrykit.internal.engine;

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
}
