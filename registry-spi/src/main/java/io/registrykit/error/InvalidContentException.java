package io.registrykit.error;

import java.util.List;
import java.util.Map;

/** What was sent is wrong in itself: mend it before sending it again. Immutable. */
public final class InvalidContentException extends RegistryException {
  private static final long serialVersionUID = 1L;

  /**
   * An exception with one error.
   *
   * @param code what happened
   * @param message the same for people
   * @param detail facts by name
   */
  public InvalidContentException(ErrorCode code, String message, Map<String, String> detail) {
    this(code.httpStatus(), List.of(new ErrorInfo(code, message, detail)));
  }

  /**
   * An exception with one error and no facts.
   *
   * @param code what happened
   * @param message the same for people
   */
  public InvalidContentException(ErrorCode code, String message) {
    this(code, message, Map.of());
  }

  /**
   * An exception with the status that a server answered.
   *
   * @param httpStatus 400 to 599
   * @param errors at least one
   */
  public InvalidContentException(int httpStatus, List<ErrorInfo> errors) {
    super(httpStatus, errors, null);
  }
}
