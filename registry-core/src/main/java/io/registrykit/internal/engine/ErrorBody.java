package io.registrykit.internal.engine;

import io.registrykit.api.ApiResponse;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.ErrorInfo;
import io.registrykit.error.LimitException;
import io.registrykit.error.RegistryException;
import io.registrykit.internal.json.WireJson;
import java.util.List;
import java.util.Map;

/**
 * Answers that say what went wrong, in the one form that every client reads. Thread-safe.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#error-codes">OCI
 *     distribution-spec, error codes</a>
 */
public final class ErrorBody {
  private static final int SERVER_ERROR = 500;

  private ErrorBody() {}

  /**
   * The answer for an exception.
   *
   * @param failure what went wrong
   * @return the answer, with {@code Retry-After} where it is known
   */
  public static ApiResponse of(RegistryException failure) {
    Reply reply = Reply.status(failure.httpStatus());
    if (failure instanceof LimitException limit) {
      limit
          .retryAfter()
          .ifPresent(
              wait ->
                  reply.header(
                      HeaderNames.RETRY_AFTER,
                      Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()))));
    }
    return of(reply, failure);
  }

  /** The answer for an exception on top of a status and headers of the caller's. */
  static ApiResponse of(Reply reply, RegistryException failure) {
    return reply.json(WireJson.errors(failure.errors()));
  }

  /**
   * The answer for what is not there, without the cost of an exception.
   *
   * @param code what happened
   * @param detail facts by name
   * @return the answer, with the status of the code
   */
  static ApiResponse of(ErrorCode code, Map<String, String> detail) {
    return of(Reply.status(code.httpStatus()), code, code.defaultMessage(), detail);
  }

  /** The answer on top of a status and headers of the caller's. */
  static ApiResponse of(Reply reply, ErrorCode code, String message, Map<String, String> detail) {
    return reply.json(WireJson.errors(List.of(new ErrorInfo(code, message, detail))));
  }

  /**
   * The answer for a failure that the caller can do nothing about: nothing of it but the name under
   * which the log has it.
   *
   * @param incident the name in the log
   * @return the answer, with status 500
   */
  public static ApiResponse unexpected(String incident) {
    return of(
        Reply.status(SERVER_ERROR),
        ErrorCode.UNKNOWN,
        ErrorCode.UNKNOWN.defaultMessage(),
        Map.of("incident", incident));
  }
}
