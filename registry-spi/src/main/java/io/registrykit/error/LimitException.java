package io.registrykit.error;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A size, a count or a rate is over its limit: send less, or later. Immutable. */
public final class LimitException extends RegistryException {
  private static final long serialVersionUID = 1L;
  private static final int CONTENT_TOO_LARGE = 413;
  private static final int INSUFFICIENT_STORAGE = 507;

  /** How long to wait before the next try, or null when nothing is known. */
  private final @Nullable Duration retryAfter;

  /**
   * An exception with the status that a server answered.
   *
   * @param httpStatus 400 to 599
   * @param errors at least one
   * @param retryAfter how long to wait before the next try, or null when nothing is known
   */
  public LimitException(int httpStatus, List<ErrorInfo> errors, @Nullable Duration retryAfter) {
    super(httpStatus, errors, null);
    this.retryAfter = retryAfter;
  }

  /**
   * Content is larger than the registry takes (413).
   *
   * @param message what is too large, for people
   * @param limitBytes the most bytes that are taken
   * @return the exception
   */
  public static LimitException tooLarge(String message, long limitBytes) {
    return new LimitException(
        CONTENT_TOO_LARGE,
        List.of(
            new ErrorInfo(
                ErrorCode.SIZE_INVALID, message, Map.of("limit", Long.toString(limitBytes)))),
        null);
  }

  /**
   * The store has no room left (507).
   *
   * @param message what is full, for people
   * @return the exception
   */
  public static LimitException full(String message) {
    return new LimitException(
        INSUFFICIENT_STORAGE,
        List.of(new ErrorInfo(ErrorCode.UNAVAILABLE, message, Map.of())),
        null);
  }

  /**
   * The caller asks too often, or too much at once (429).
   *
   * @param message which limit is reached, for people
   * @param retryAfter how long to wait before the next try
   * @return the exception
   */
  public static LimitException tooMany(String message, Duration retryAfter) {
    return new LimitException(
        ErrorCode.TOOMANYREQUESTS.httpStatus(),
        List.of(new ErrorInfo(ErrorCode.TOOMANYREQUESTS, message, Map.of())),
        retryAfter);
  }

  /**
   * How long to wait before the next try.
   *
   * @return empty when nothing is known
   */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
