package io.registrykit.client;

import java.time.Duration;

/**
 * How often and how patiently a request is repeated. Immutable. Only requests that do no harm twice
 * are repeated as they are; an upload asks the registry how far it came instead.
 *
 * @param attempts how often to try in all without getting anywhere, one or more
 * @param firstDelay the wait before the second try; each further wait is twice as long, and up to a
 *     half of each wait is left out at random
 * @param maxDelay the longest of these waits
 * @param maxRetryAfter the longest {@code Retry-After} to obey; when a registry asks for more, the
 *     call fails with what it said
 */
public record RetryPolicy(
    int attempts, Duration firstDelay, Duration maxDelay, Duration maxRetryAfter) {

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if there is no attempt or a wait is negative
   */
  public RetryPolicy {
    if (attempts < 1 || firstDelay.isNegative() || maxDelay.isNegative()) {
      throw new IllegalArgumentException("a retry policy needs an attempt and waits from zero up");
    }
  }

  /**
   * Five tries, from a quarter of a second to eight seconds apart, at most a minute when asked.
   *
   * @return the policy
   */
  public static RetryPolicy standard() {
    return new RetryPolicy(
        5, Duration.ofMillis(250), Duration.ofSeconds(8), Duration.ofSeconds(60));
  }

  /**
   * One try and no more.
   *
   * @return the policy
   */
  public static RetryPolicy none() {
    return new RetryPolicy(1, Duration.ZERO, Duration.ZERO, Duration.ZERO);
  }
}
