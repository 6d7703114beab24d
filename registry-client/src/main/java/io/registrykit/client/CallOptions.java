package io.registrykit.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What goes along with the calls of one view of a repository. Immutable.
 *
 * @param deadline how long one call may take in all, repeats included, or null for no such limit
 * @param cancellation stops calls from outside
 * @param listener hears how blobs move
 */
public record CallOptions(
    @Nullable Duration deadline, Cancellation cancellation, TransferListener listener) {

  /**
   * Checks the deadline.
   *
   * @throws IllegalArgumentException if it is zero or negative
   */
  public CallOptions {
    if (deadline != null && (deadline.isNegative() || deadline.isZero())) {
      throw new IllegalArgumentException("a deadline is longer than nothing");
    }
  }

  /**
   * No deadline, nobody to cancel, nobody to listen.
   *
   * @return the options
   */
  public static CallOptions standard() {
    return new CallOptions(null, new Cancellation(), TransferListener.none());
  }

  /**
   * The same with a deadline.
   *
   * @param limit how long one call may take in all
   * @return a copy
   */
  public CallOptions within(Duration limit) {
    return new CallOptions(limit, cancellation, listener);
  }

  /**
   * The same with a listener.
   *
   * @param newListener hears how blobs move
   * @return a copy
   */
  public CallOptions listener(TransferListener newListener) {
    return new CallOptions(deadline, cancellation, newListener);
  }

  /**
   * The same with a way to stop.
   *
   * @param newCancellation stops calls from outside
   * @return a copy
   */
  public CallOptions cancellation(Cancellation newCancellation) {
    return new CallOptions(deadline, newCancellation, listener);
  }
}
