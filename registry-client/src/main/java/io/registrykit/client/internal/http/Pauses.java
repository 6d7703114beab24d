package io.registrykit.client.internal.http;

import io.registrykit.api.Headers;
import io.registrykit.client.Cancellation;
import io.registrykit.client.RetryPolicy;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * How long to wait between tries, and the waiting. Safe for use by any number of threads.
 *
 * @param policy the bounds
 * @param clock tells how far away a date is
 * @param sleeper waits
 */
public record Pauses(RetryPolicy policy, Clock clock, Sleeper sleeper) {

  /** Waits. */
  @FunctionalInterface
  public interface Sleeper {

    /**
     * Waits, or ends early when the call is to end.
     *
     * @param wait how long
     * @param limits the call
     */
    void sleep(Duration wait, CallLimits limits);
  }

  /**
   * Pauses that really wait.
   *
   * @param policy the bounds
   * @param clock tells how far away a date is
   * @return the pauses
   */
  public static Pauses real(RetryPolicy policy, Clock clock) {
    return new Pauses(policy, clock, Pauses::await);
  }

  private static void await(Duration wait, CallLimits limits) {
    CountDownLatch cancelled = new CountDownLatch(1);
    Cancellation.Registration hook = limits.cancellation().onCancel(cancelled::countDown);
    try {
      if (cancelled.await(Math.min(wait.toNanos(), limits.left()), TimeUnit.NANOSECONDS)) {
        limits.check();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException stopped = new CancellationException("interrupted");
      stopped.initCause(e);
      throw stopped;
    } finally {
      hook.close();
    }
    limits.check();
  }

  /**
   * Waits before the next try.
   *
   * @param failures how many tries have failed, one or more
   * @param limits the call
   */
  public void pause(int failures, CallLimits limits) {
    sleeper.sleep(delay(failures), limits);
  }

  /**
   * Waits for as long as a registry asked, or else as long as before any other try.
   *
   * @param failures how many tries have failed, one or more
   * @param headers the headers of its reply
   * @param limits the call
   * @return false when it asks for more than the policy allows; nothing was waited then
   */
  public boolean pause(int failures, Headers headers, CallLimits limits) {
    Duration asked = retryAfter(headers).orElse(Duration.ZERO);
    if (asked.compareTo(policy.maxRetryAfter()) > 0) {
      return false;
    }
    Duration own = delay(failures);
    sleeper.sleep(asked.compareTo(own) > 0 ? asked : own, limits);
    return true;
  }

  private Duration delay(int failures) {
    int doublings = Math.min(failures - 1, 20);
    long first = policy.firstDelay().toNanos();
    long most = policy.maxDelay().toNanos();
    long nanos = first > most >> doublings ? most : first << doublings;
    return nanos <= 1
        ? Duration.ZERO
        : Duration.ofNanos(nanos / 2 + ThreadLocalRandom.current().nextLong(nanos / 2 + 1));
  }

  /**
   * How long a registry asks to wait.
   *
   * @param headers the headers of its reply
   * @return empty when it says nothing that can be understood; never negative
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#field.retry-after">RFC 9110,
   *     Retry-After</a>
   */
  public Optional<Duration> retryAfter(Headers headers) {
    Optional<String> text = headers.first("Retry-After").map(String::strip);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (text.get().matches("[0-9]{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text.get())));
    }
    try {
      ZonedDateTime date = ZonedDateTime.parse(text.get(), DateTimeFormatter.RFC_1123_DATE_TIME);
      Duration wait = Duration.between(clock.instant(), date.toInstant());
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
