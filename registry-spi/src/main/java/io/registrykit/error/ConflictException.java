package io.registrykit.error;

import java.util.List;
import java.util.Map;

/**
 * Somebody else changed or holds what was to be changed, or it is locked: look again. Immutable.
 */
public final class ConflictException extends RegistryException {
  private static final long serialVersionUID = 1L;

  /**
   * An exception with one error.
   *
   * @param code what happened
   * @param message the same for people
   * @param detail facts by name
   */
  public ConflictException(ErrorCode code, String message, Map<String, String> detail) {
    this(code.httpStatus(), List.of(new ErrorInfo(code, message, detail)));
  }

  /**
   * An exception with one error and no facts.
   *
   * @param code what happened
   * @param message the same for people
   */
  public ConflictException(ErrorCode code, String message) {
    this(code, message, Map.of());
  }

  /**
   * An exception with the status that a server answered.
   *
   * @param httpStatus 400 to 599
   * @param errors at least one
   */
  public ConflictException(int httpStatus, List<ErrorInfo> errors) {
    super(httpStatus, errors, null);
  }
}
