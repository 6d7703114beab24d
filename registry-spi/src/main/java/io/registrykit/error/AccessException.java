package io.registrykit.error;

import java.util.List;
import java.util.Map;

/**
 * The caller is not signed in ({@code UNAUTHORIZED}) or may not do this ({@code DENIED}).
 * Immutable.
 */
public final class AccessException extends RegistryException {
  private static final long serialVersionUID = 1L;

  /**
   * An exception with one error.
   *
   * @param code what happened
   * @param message the same for people
   * @param detail facts by name
   */
  public AccessException(ErrorCode code, String message, Map<String, String> detail) {
    this(code.httpStatus(), List.of(new ErrorInfo(code, message, detail)));
  }

  /**
   * An exception with one error and no facts.
   *
   * @param code what happened
   * @param message the same for people
   */
  public AccessException(ErrorCode code, String message) {
    this(code, message, Map.of());
  }

  /**
   * An exception with the status that a server answered.
   *
   * @param httpStatus 400 to 599
   * @param errors at least one
   */
  public AccessException(int httpStatus, List<ErrorInfo> errors) {
    super(httpStatus, errors, null);
  }
}
