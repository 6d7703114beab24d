package io.registrykit.error;

import java.io.Serializable;
import java.util.Map;

/**
 * One entry of an error document. Immutable.
 *
 * @param code what happened
 * @param message the same for people
 * @param detail facts by name, such as the digest that is missing; may be empty
 */
@SuppressWarnings("serial") // the copy of the detail can be serialised
public record ErrorInfo(ErrorCode code, String message, Map<String, String> detail)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Copies the detail. */
  public ErrorInfo {
    detail = Map.copyOf(detail);
  }

  /**
   * An entry with the message of the specification.
   *
   * @param code what happened
   * @param detail facts by name
   */
  public ErrorInfo(ErrorCode code, Map<String, String> detail) {
    this(code, code.defaultMessage(), detail);
  }
}
