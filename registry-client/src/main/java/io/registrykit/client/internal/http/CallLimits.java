package io.registrykit.client.internal.http;

import io.registrykit.client.CallOptions;
import io.registrykit.client.Cancellation;
import io.registrykit.error.BackendException;
import io.registrykit.error.ErrorCode;

/**
 * When a call has to end: by the clock, or because somebody says so. Immutable.
 *
 * @param end the end as {@link System#nanoTime} has it
 * @param bounded whether there is an end
 * @param cancellation stops it before
 */
public record CallLimits(long end, boolean bounded, Cancellation cancellation) {

  /**
   * Limits that start to run now.
   *
   * @param options what the caller set
   * @return the limits
   */
  public static CallLimits start(CallOptions options) {
    return options.deadline() == null
        ? new CallLimits(0, false, options.cancellation())
        : new CallLimits(
            System.nanoTime() + options.deadline().toNanos(), true, options.cancellation());
  }

  /**
   * How much time is left.
   *
   * @return nanoseconds, zero or less when none is, a very large number without an end
   */
  public long left() {
    return bounded ? end - System.nanoTime() : Long.MAX_VALUE;
  }

  /**
   * Goes on, or not.
   *
   * @throws java.util.concurrent.CancellationException if it was cancelled
   * @throws BackendException if the time is up
   */
  public void check() {
    cancellation.check();
    if (left() <= 0) {
      throw timeUp();
    }
  }

  /**
   * What is thrown when the time is up.
   *
   * @return the exception
   */
  public static BackendException timeUp() {
    return new BackendException(ErrorCode.UNAVAILABLE, "the deadline of the call has passed", null);
  }
}
