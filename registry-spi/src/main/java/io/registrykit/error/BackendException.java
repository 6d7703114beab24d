package io.registrykit.error;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A disk, a network or a peer failed: what was asked is legal, and may succeed later. Immutable.
 */
public final class BackendException extends RegistryException {
  private static final long serialVersionUID = 1L;

  /**
   * An exception about a failure of the registry itself.
   *
   * @param code {@code UNKNOWN} or {@code UNAVAILABLE}
   * @param message what failed, for people
   * @param cause the failure, or null
   */
  public BackendException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(code.httpStatus(), List.of(new ErrorInfo(code, message, Map.of())), cause);
  }

  /**
   * An exception with the status that a server answered.
   *
   * @param httpStatus 400 to 599
   * @param errors at least one
   */
  public BackendException(int httpStatus, List<ErrorInfo> errors) {
    super(httpStatus, errors, null);
  }
}
