package io.registrykit.error;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that a registry refuses or cannot carry out; its subclasses group the reasons by what a
 * caller can do about them. Immutable, but for what every {@link Throwable} has.
 */
public abstract sealed class RegistryException extends RuntimeException
    permits NotFoundException,
        InvalidContentException,
        AccessException,
        ConflictException,
        LimitException,
        UnsupportedException,
        BackendException {

  private static final long serialVersionUID = 1L;

  /** A copy that can be serialised, as every exception must be. */
  @SuppressWarnings("serial")
  private final List<ErrorInfo> errors;

  /** The HTTP status that says the same. */
  private final int httpStatus;

  RegistryException(int httpStatus, List<ErrorInfo> errors, @Nullable Throwable cause) {
    super(errors.get(0).code() + ": " + errors.get(0).message() + describe(errors), cause);
    this.errors = List.copyOf(errors);
    this.httpStatus = httpStatus;
  }

  private static String describe(List<ErrorInfo> errors) {
    Map<String, String> detail = errors.get(0).detail();
    String more = errors.size() == 1 ? "" : " and " + (errors.size() - 1) + " more";
    return (detail.isEmpty() ? "" : " " + detail) + more;
  }

  /**
   * The code of the first error.
   *
   * @return the code
   */
  public final ErrorCode code() {
    return errors.get(0).code();
  }

  /**
   * The facts of the first error.
   *
   * @return facts by name, possibly none
   */
  public final Map<String, String> detail() {
    return errors.get(0).detail();
  }

  /**
   * All errors: a manifest with three missing blobs has three.
   *
   * @return at least one
   */
  public final List<ErrorInfo> errors() {
    return errors;
  }

  /**
   * The HTTP status that says the same.
   *
   * @return 400 to 599
   */
  public final int httpStatus() {
    return httpStatus;
  }
}
